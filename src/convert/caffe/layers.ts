import { concat, flatten, permute, reshape } from './shape-ops.js';
import type { Blob } from './blob.js';
import { batchNorm, scale } from './channel-scaling.js';
import { convolution } from './convolution.js';
import { layerFault } from './layer-fault.js';
import { relu, softmax } from './pointwise.js';
import { priorBox } from './prior-box.js';
import type { LayerConverter, LayerContext } from './layer-context.js';

const CONVERTERS: ReadonlyMap<string, LayerConverter> = new Map([
  ['BatchNorm', batchNorm],
  ['Concat', concat],
  ['Convolution', convolution],
  ['Flatten', flatten],
  ['Permute', permute],
  ['PriorBox', priorBox],
  ['ReLU', relu],
  ['Reshape', reshape],
  ['Scale', scale],
  ['Softmax', softmax],
]);

/**
 * Adds a layer to the graph.
 * @throws ConversionError when its type is not known, or it does not fit what it reads
 */
export function convertLayer(context: LayerContext): Blob {
  const { layer } = context;
  const convert = CONVERTERS.get(layer.type);
  if (!convert) {
    const known = [...CONVERTERS.keys()].join(', ');
    throw layerFault(
      layer,
      `is of a type that cannot be converted; known are Input, ${known} and DetectionOutput`,
    );
  }
  if (layer.top.length !== 1)
    throw layerFault(layer, `makes ${layer.top.length} blobs, where it should make one`);
  return convert(context);
}
