import type { GraphEditor } from '../onnx/graph-editor.js';
import { constantOf } from './constant.js';
import type { BlobSizes } from './shape.js';

/** A convolution of which everything but the picture is known. */
export interface Convolution {
  /** Name of what goes in. */
  readonly input: string;
  /** Kernels: outputs x (inputs / groups) x height x width. */
  readonly weightShape: BlobSizes;
  readonly weights: Float32Array;
  readonly bias: Float32Array | null;
  /** What is still to be made of its output, channel by channel. */
  readonly affine: ChannelAffine | null;
  readonly strides: readonly number[];
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
  readonly group: number;
}

/** `factor * x + offset`, with a number of each for every channel. */
export interface ChannelAffine {
  readonly factor: Float64Array;
  readonly offset: Float64Array;
}

/** The convolution that gives at once what `next` makes of the given one's output. */
export function folded(convolution: Convolution, next: ChannelAffine): Convolution {
  const { affine } = convolution;
  if (!affine) return { ...convolution, affine: next };
  return {
    ...convolution,
    affine: {
      factor: affine.factor.map((value, channel) => value * (next.factor[channel] ?? 1)),
      offset: affine.offset.map(
        (value, channel) => value * (next.factor[channel] ?? 1) + (next.offset[channel] ?? 0),
      ),
    },
  };
}

/** Puts a convolution into the graph. */
export function addConvolution(editor: GraphEditor, convolution: Convolution): string {
  const { input, weightShape, strides, pads, dilations, group } = convolution;
  const { weights, bias } = plain(convolution);
  const inputs = [input, constantOf(editor, weightShape, weights)];
  if (bias) inputs.push(constantOf(editor, [bias.length], bias));
  return editor.add('Conv', inputs, {
    kernel_shape: weightShape.slice(2),
    strides,
    // ONNX wants all pads of the beginnings, then all of the ends.
    pads: [...pads, ...pads],
    dilations,
    group,
  });
}

/** Weights and bias that do the work of `affine` as well. */
function plain({ weights, bias, affine }: Convolution): Pick<Convolution, 'weights' | 'bias'> {
  if (!affine) return { weights, bias };
  const { factor, offset } = affine;
  const multiplied = new Float32Array(weights.length);
  const perOutput = weights.length / factor.length;
  for (const [channel, value] of factor.entries()) {
    const end = (channel + 1) * perOutput;
    for (let at = channel * perOutput; at < end; at += 1) multiplied[at] = (weights[at] ?? 0) * value;
  }
  const moved = offset.map((value, channel) => (bias?.[channel] ?? 0) * (factor[channel] ?? 1) + value);
  return { weights: multiplied, bias: Float32Array.from(moved) };
}
