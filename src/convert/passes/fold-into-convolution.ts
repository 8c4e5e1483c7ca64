import type { NodeProto } from '../onnx/messages.js';
import type { Constant } from './constant.js';
import { attribute, numbers, type PassGraph } from './graph.js';

/** A convolution whose weights are known: outputs x (inputs / groups) x rows x columns. */
interface Convolution {
  readonly node: NodeProto;
  readonly weights: Constant;
  readonly bias: Constant | undefined;
  readonly groups: number;
}

/**
 * Has convolutions do what is done to their input, channel by channel: another order, a factor, and an offset where
 * nothing is padded (a padded zero would have to become the offset). It is done only where all who read the value
 * are such convolutions. And a factor of what a convolution gives becomes one of its weights.
 */
export function foldIntoConvolutions(graph: PassGraph): void {
  let folded = true;
  while (folded)
    folded = graph
      .nodes('Gather', 'Mul', 'Div', 'Add', 'Sub')
      .some((node) => foldAhead(graph, node) || foldBehind(graph, node));
}

function foldAhead(graph: PassGraph, node: NodeProto): boolean {
  const [result = ''] = node.output;
  const [input = ''] = node.input;
  const operand = graph.constant(node.input[1]);
  if (!operand || graph.isOutput(result) || graph.constant(input)) return false;
  const readers = graph.readers(result);
  const convolutions = readers.flatMap((reader) => convolutionOf(graph, reader, result) ?? []);
  if (readers.length === 0 || convolutions.length < readers.length) return false;
  const changes = convolutions.map((convolution) => changed(node, operand, convolution));
  if (!changes.every((change) => change !== undefined)) return false;
  for (const [index, { node: reader }] of convolutions.entries()) {
    const change = changes[index];
    if (change) put(graph, reader, input, change);
  }
  graph.remove(node);
  return true;
}

interface Change {
  readonly weights: Constant;
  readonly bias?: Constant | undefined;
}

/** The weights that do the work of a node as well. */
function changed(node: NodeProto, operand: Constant, convolution: Convolution): Change | undefined {
  const { weights, groups } = convolution;
  const inputs = (weights.dims[1] ?? 0) * groups;
  if (node.op_type === 'Gather') {
    if (groups !== 1 || attribute(node, 'axis') !== 1 || !isOrder(operand, inputs)) return undefined;
    return { weights: reordered(weights, operand), bias: convolution.bias };
  }
  const values = perChannel(operand, inputs);
  if (!values) return undefined;
  switch (node.op_type) {
    case 'Mul':
      return { weights: scaledInputs(convolution, values), bias: convolution.bias };
    case 'Div':
      return values.every((value) => value !== 0)
        ? {
            weights: scaledInputs(
              convolution,
              values.map((value) => 1 / value),
            ),
            bias: convolution.bias,
          }
        : undefined;
    case 'Add':
      return withOffset(convolution, values);
    case 'Sub':
      return withOffset(
        convolution,
        values.map((value) => -value),
      );
    default:
      return undefined;
  }
}

/** A factor behind a convolution that nobody else reads. */
function foldBehind(graph: PassGraph, node: NodeProto): boolean {
  if (node.op_type !== 'Mul' && node.op_type !== 'Div') return false;
  const conv = graph.soleMaker(node.input[0], 'Conv');
  const convolution = conv && convolutionOf(graph, conv, conv.input[0] ?? '');
  const operand = graph.constant(node.input[1]);
  const [result = ''] = node.output;
  if (!convolution || !operand) return false;
  const { weights, bias } = convolution;
  const values = perChannel(operand, weights.dims[0] ?? 0);
  if (!values || values.includes(0)) return false;
  const factors = node.op_type === 'Mul' ? values : values.map((value) => 1 / value);
  const each = weights.values.length / factors.length;
  const scaled = {
    dims: weights.dims,
    values: Float32Array.from(weights.values, (value, at) => value * (factors[Math.floor(at / each)] ?? 0)),
  };
  const moved = bias && {
    dims: bias.dims,
    values: Float32Array.from(bias.values, (value, at) => value * (factors[at] ?? 0)),
  };
  graph.remove(node);
  conv.output = [result];
  put(graph, conv, conv.input[0] ?? '', { weights: scaled, bias: moved });
  return true;
}

function convolutionOf(graph: PassGraph, node: NodeProto, input: string): Convolution | undefined {
  const [picture, second, third] = node.input;
  const weights = graph.constant(second);
  const bias = graph.constant(third);
  if (node.op_type !== 'Conv' || picture !== input || weights?.dims.length !== 4 || (third && !bias))
    return undefined;
  return { node, weights, bias, groups: Number(attribute(node, 'group') ?? 1) };
}

/** A constant as one number for each channel of an NCHW value; undefined where it is something else. */
function perChannel({ dims, values }: Constant, channels: number): number[] | undefined {
  if (values.length === 1 && dims.length <= 4) return Array.from({ length: channels }, () => values[0] ?? 0);
  const [count, ...area] = dims.length === 4 && dims[0] === 1 ? dims.slice(1) : dims;
  const fits = area.length === 2 && area.every((size) => size === 1) && count === channels;
  return fits ? Array.from(values) : undefined;
}

/** Whether indices put each channel somewhere, once. */
function isOrder({ values }: Constant, channels: number): boolean {
  const rising = Array.from(values, (value) => value).sort((a, b) => a - b);
  return rising.length === channels && rising.every((value, at) => value === at);
}

function reordered({ dims, values }: Constant, { values: order }: Constant): Constant {
  const [, inputs = 1, rows = 1, columns = 1] = dims;
  const area = rows * columns;
  const result = new Float32Array(values.length);
  for (let at = 0; at < result.length; at += 1) {
    const channel = Math.floor(at / area) % inputs;
    // Channel `channel` of what was read is channel `order[channel]` of what is read now.
    result[at + ((order[channel] ?? 0) - channel) * area] = values[at] ?? 0;
  }
  return { dims, values: result };
}

/** Which input channel a weight is for. */
function inputOf({ weights, groups }: Convolution, at: number): number {
  const [outputs = 1, inputs = 1] = weights.dims;
  const area = weights.values.length / (outputs * inputs);
  const output = Math.floor(at / (area * inputs));
  return Math.floor(output / (outputs / groups)) * inputs + (Math.floor(at / area) % inputs);
}

function scaledInputs(convolution: Convolution, factors: readonly number[]): Constant {
  const { dims, values } = convolution.weights;
  return {
    dims,
    values: Float32Array.from(values, (value, at) => value * (factors[inputOf(convolution, at)] ?? 0)),
  };
}

function withOffset(convolution: Convolution, offsets: readonly number[]): Change | undefined {
  const { node, weights, bias } = convolution;
  const autoPad = attribute(node, 'auto_pad') ?? 'NOTSET';
  if (numbers(node, 'pads').some((pad) => pad !== 0) || (autoPad !== 'NOTSET' && autoPad !== 'VALID'))
    return undefined;
  const outputs = weights.dims[0] ?? 0;
  const each = weights.values.length / outputs;
  const sums = Array.from({ length: outputs }, (_, output) => bias?.values[output] ?? 0);
  weights.values.forEach((value, at) => {
    const output = Math.floor(at / each);
    sums[output] = (sums[output] ?? 0) + value * (offsets[inputOf(convolution, at)] ?? 0);
  });
  return { weights, bias: { dims: [outputs], values: Float32Array.from(sums) } };
}

function put(graph: PassGraph, conv: NodeProto, input: string, { weights, bias }: Change): void {
  const inputs = [input, graph.addFloats(weights)];
  if (bias) inputs.push(graph.addFloats(bias));
  conv.input = inputs;
  graph.refresh();
}
