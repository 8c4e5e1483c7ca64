import type { GraphEditor } from '../onnx/graph-editor.js';
import { constantOf } from './constant.js';
import { addConvolution, type Convolution } from './convolution-node.js';
import type { BlobSizes } from './shape.js';

/** What a layer makes. */
export type Blob =
  | { readonly kind: 'computed'; readonly shape: BlobSizes; readonly name: string }
  /** Known before the network runs: boxes that depend on sizes alone. */
  | { readonly kind: 'constant'; readonly shape: BlobSizes; readonly values: Float32Array }
  /** A convolution that is not in the graph yet: what scales its channels can still go into its weights. */
  | { readonly kind: 'convolved'; readonly shape: BlobSizes; readonly convolution: Convolution };

/** The graph that is being made. */
export class BlobGraph {
  readonly #names = new Map<Blob, string>();

  constructor(readonly editor: GraphEditor) {}

  /** A blob's name in the graph, which it enters when it is first asked for. */
  nameOf(blob: Blob): string {
    const known = this.#names.get(blob);
    if (known !== undefined) return known;
    const name = this.#enter(blob);
    this.#names.set(blob, name);
    return name;
  }

  /** The blob as a value of the graph: for one that several layers read. */
  settled(blob: Blob): Blob {
    return blob.kind === 'convolved'
      ? { kind: 'computed', shape: blob.shape, name: this.nameOf(blob) }
      : blob;
  }

  #enter(blob: Blob): string {
    switch (blob.kind) {
      case 'computed':
        return blob.name;
      case 'constant':
        return constantOf(this.editor, blob.shape, blob.values);
      case 'convolved':
        return addConvolution(this.editor, blob.convolution);
    }
  }
}
