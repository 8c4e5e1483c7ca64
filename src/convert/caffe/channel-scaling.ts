import type { Blob } from './blob.js';
import { constantOf } from './constant.js';
import { folded, type ChannelAffine } from './convolution-node.js';
import { layerFault } from './layer-fault.js';
import type { BlobSizes } from './shape.js';
import { axisIn, onlyInput, type LayerContext } from './layer-context.js';

/** BatchNorm with the statistics of training: `(x - mean) / sqrt(variance + eps)`. */
export function batchNorm(context: LayerContext): Blob {
  const { layer } = context;
  const input = onlyInput(context);
  const { useGlobalStats, eps } = layer.batchNormParam;
  if (!useGlobalStats) {
    throw layerFault(
      layer,
      'normalises by its input instead of by trained statistics (use_global_stats: false)',
    );
  }
  const channels = input.shape[axisIn(layer, 1, input)] ?? 0;
  const [mean = [], variance = [], [total = 0] = []] = context.weights.take(layer, [
    { what: 'mean', shape: [channels] },
    { what: 'variance', shape: [channels] },
    { what: 'scale factor', shape: [1] },
  ]);
  // Caffe stores sums and by what to divide them.
  const share = total === 0 ? 0 : 1 / total;
  const factor = Float64Array.from(variance, (value) => 1 / Math.sqrt(value * share + eps));
  if (!factor.every(Number.isFinite)) {
    throw layerFault(layer, 'has a variance below zero: the caffemodel is damaged; fetch it again');
  }
  const offset = factor.map((value, channel) => -(mean[channel] ?? 0) * share * value);
  return scaled(context, input, { factor, offset }, [channels], 1);
}

/** Scale with trained numbers: `x * scale + bias`, each for a channel or for a block of axes. */
export function scale(context: LayerContext): Blob {
  const { layer } = context;
  const input = onlyInput(context);
  const { axis, numAxes, biasTerm } = layer.scaleParam;
  const first = axisIn(layer, axis, input);
  const shape = input.shape.slice(first, numAxes < 0 ? undefined : first + numAxes);
  const specs = [{ what: 'scale', shape }];
  if (biasTerm) specs.push({ what: 'bias', shape });
  const [factor = new Float32Array(), bias] = context.weights.take(layer, specs);
  const affine = {
    factor: Float64Array.from(factor),
    offset: bias ? Float64Array.from(bias) : new Float64Array(factor.length),
  };
  return scaled(context, input, affine, shape, first);
}

/** @param shape of the numbers, which lie along the input's axes from `axis` on */
function scaled(
  { graph }: LayerContext,
  input: Blob,
  affine: ChannelAffine,
  shape: BlobSizes,
  axis: number,
): Blob {
  if (input.kind === 'convolved' && axis === 1 && shape.length === 1)
    return { ...input, convolution: folded(input.convolution, affine) };
  const { editor } = graph;
  const following = Math.max(0, input.shape.length - axis - shape.length);
  const spread = [...shape, ...Array<number>(following).fill(1)];
  const constant = (values: Float64Array) => constantOf(editor, spread, Float32Array.from(values));
  let name = editor.add('Mul', [graph.nameOf(input), constant(affine.factor)]);
  if (affine.offset.some((value) => value !== 0)) name = editor.add('Add', [name, constant(affine.offset)]);
  return { kind: 'computed', shape: input.shape, name };
}
