import { readCaffemodel, type StoredBlob } from './caffemodel.js';
import { layerFault } from './layer-fault.js';
import type { Layer } from './prototxt.js';
import { count, spelled } from './shape.js';

/** What a layer expects of one of its blobs: what it is called in messages, and its shape. */
export interface BlobSpec {
  readonly what: string;
  readonly shape: readonly number[];
}

/** The trained numbers of a network, by layer. */
export class Weights {
  readonly #blobs: ReadonlyMap<string, readonly StoredBlob[]>;
  readonly #taken = new Set<string>();

  /** @throws ConversionError when the file is no caffemodel, or breaks off */
  constructor(caffemodel: Uint8Array) {
    this.#blobs = readCaffemodel(caffemodel);
  }

  /**
   * The blobs of a layer, in the order of the specs.
   * @throws ConversionError when there are not as many, or not of these shapes, or not all finite
   */
  take(layer: Layer, specs: readonly BlobSpec[]): Float32Array[] {
    if (this.#taken.has(layer.name)) throw layerFault(layer, 'has a name that another layer has, too');
    this.#taken.add(layer.name);
    const blobs = this.#blobs.get(layer.name) ?? [];
    if (blobs.length !== specs.length) {
      const names = specs.map(({ what }) => what).join(', ');
      throw layerFault(
        layer,
        `needs ${specs.length} blobs (${names}), and the caffemodel holds ${blobs.length} for it`,
      );
    }
    return blobs.map((blob, index) => valuesOf(layer, blob, specs[index] ?? { what: '', shape: [] }));
  }
}

function valuesOf(layer: Layer, blob: StoredBlob, { what, shape }: BlobSpec): Float32Array {
  const stored = shapeOf(blob);
  // The old form has always four sizes, the first of them 1 where there are fewer.
  if (spelled(trimmed(stored)) !== spelled(trimmed(shape))) {
    throw layerFault(
      layer,
      `expects its ${what} as ${spelled(shape)}, and the caffemodel's are ${spelled(stored)}`,
    );
  }
  const values = blob.doubleData.length > 0 ? doubles(blob.doubleData) : singles(blob.data);
  if (values.length !== count(shape)) {
    throw layerFault(
      layer,
      `has ${values.length} numbers as its ${what} in the caffemodel, where ${count(shape)} should be`,
    );
  }
  if (!values.every(Number.isFinite))
    throw layerFault(layer, `has ${what} that are not finite: the caffemodel is damaged; fetch it again`);
  return values;
}

function shapeOf({ shape, num, channels, height, width }: StoredBlob): number[] {
  return shape ? shape.dim.map(Number) : [num, channels, height, width];
}

function trimmed(shape: readonly number[]): readonly number[] {
  const first = shape.findIndex((size) => size !== 1);
  return first < 0 ? [] : shape.slice(first);
}

/** Copies, because a number may start at any byte of the file, which a typed array cannot. */
function singles(bytes: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer, 0, Math.floor(bytes.length / 4));
}

function doubles(bytes: Uint8Array): Float32Array {
  return Float32Array.from(new Float64Array(new Uint8Array(bytes).buffer, 0, Math.floor(bytes.length / 8)));
}
