import type { Blob, BlobGraph } from './blob.js';
import { layerFault } from './layer-fault.js';
import type { Layer } from './prototxt.js';
import { axisOf } from './shape.js';
import type { Weights } from './weights.js';

/** A layer at its place: what it reads, the graph that it adds to and the trained numbers. */
export interface LayerContext {
  readonly layer: Layer;
  readonly inputs: readonly Blob[];
  readonly graph: BlobGraph;
  readonly weights: Weights;
}

/** What a layer makes of its inputs. */
export type LayerConverter = (context: LayerContext) => Blob;

/** The one blob that a layer reads. */
export function onlyInput({ layer, inputs }: LayerContext): Blob {
  const [input, ...more] = inputs;
  if (input && more.length === 0) return input;
  throw layerFault(layer, `reads ${inputs.length} blobs, where it should read one`);
}

/** An axis of a blob that a layer names, counted from the front. */
export function axisIn(layer: Layer, axis: number, { shape }: Blob): number {
  const fromFront = axisOf(axis, shape.length);
  if (fromFront !== undefined) return fromFront;
  throw layerFault(layer, `is about axis ${axis}, and what it reads has ${shape.length} axes`);
}
