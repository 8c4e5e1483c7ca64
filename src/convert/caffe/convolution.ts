import type { Blob } from './blob.js';
import { layerFault } from './layer-fault.js';
import type { Layer } from './prototxt.js';
import { spelled } from './shape.js';
import { onlyInput, type LayerContext } from './layer-context.js';

type Pair = readonly [height: number, width: number];

/** Convolution, plain, grouped or depthwise. */
export function convolution(context: LayerContext): Blob {
  const { layer, graph } = context;
  const { numOutput, biasTerm, group, axis, ...sizes } = layer.convolutionParam;
  const input = onlyInput(context);
  const [, channels = 0, ...picture] = input.shape;
  if (input.shape.length !== 4 || axis !== 1) {
    throw layerFault(
      layer,
      `is not over pictures (1 x channels x height x width): it reads ${spelled(input.shape)} on axis ${axis}`,
    );
  }
  const kernel = pair(layer, 'kernel size', sizes.kernelSize, [sizes.kernelH, sizes.kernelW], 0);
  const strides = pair(layer, 'stride', sizes.stride, [sizes.strideH, sizes.strideW], 1);
  const pads = pair(layer, 'pad', sizes.pad, [sizes.padH, sizes.padW], 0);
  const dilations = pair(layer, 'dilation', sizes.dilation, [0, 0], 1);
  if ([...kernel, ...strides, ...dilations, numOutput, group].includes(0)) {
    throw layerFault(layer, 'has a kernel size, stride, dilation, group or number of outputs of 0');
  }
  if (channels % group !== 0 || numOutput % group !== 0) {
    throw layerFault(layer, `cannot split ${channels} channels in and ${numOutput} out into ${group} groups`);
  }
  const weightShape = [numOutput, channels / group, ...kernel];
  const specs = [{ what: 'weights', shape: weightShape }];
  if (biasTerm) specs.push({ what: 'bias', shape: [numOutput] });
  const [weights = new Float32Array(), bias = null] = context.weights.take(layer, specs);

  const along = (size: number, index: 0 | 1) =>
    Math.floor((size + 2 * pads[index] - dilations[index] * (kernel[index] - 1) - 1) / strides[index]) + 1;
  const shape = [1, numOutput, along(picture[0] ?? 0, 0), along(picture[1] ?? 0, 1)];
  if (shape.some((size) => size <= 0)) {
    throw layerFault(
      layer,
      `has a kernel (${spelled(kernel)}) larger than what it reads (${spelled(picture)})`,
    );
  }
  const name = graph.nameOf(input);
  return {
    kind: 'convolved',
    shape,
    convolution: { input: name, weightShape, weights, bias, affine: null, strides, pads, dilations, group },
  };
}

/** Caffe writes a size once for both directions, once for each, or as two words of their own. */
function pair(
  layer: Layer,
  what: string,
  list: readonly number[],
  [ownHeight, ownWidth]: Pair,
  otherwise: number,
): Pair {
  if (ownHeight > 0 || ownWidth > 0) {
    if (list.length === 0) return [ownHeight, ownWidth];
    throw layerFault(layer, `gives its ${what} twice`);
  }
  const [height = otherwise, width = height] = list;
  if (list.length > 2) throw layerFault(layer, `gives its ${what} for ${list.length} directions, not two`);
  return [height, width];
}
