import { attribute, numbers, type PassGraph } from './graph.js';

const CHANNEL_AXIS = 1;
const SAME = [
  'Cast', 'Identity', 'Relu', 'LeakyRelu', 'Clip', 'Sigmoid', 'HardSwish', 'QuantizeLinear', 'DequantizeLinear',
  'Resize', 'MaxPool', 'AveragePool',
]; // prettier-ignore

/** How many channels an NCHW value has, where that can be told. */
export function channelsOf(graph: PassGraph, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const stated = graph.statedShape(value);
  if (stated) return (stated.length === 4 ? stated[CHANNEL_AXIS] : undefined) ?? undefined;
  const node = graph.maker(value);
  const [first, second] = node?.input ?? [];
  switch (node?.op_type) {
    case 'Conv':
      return graph.constant(second)?.dims[0];
    case 'Gather':
      return attribute(node, 'axis') === CHANNEL_AXIS
        ? graph.constant(second)?.values.length
        : channelsOf(graph, first);
    case 'Transpose': {
      const from = numbers(node, 'perm')[CHANNEL_AXIS];
      const shape = first === undefined ? undefined : graph.statedShape(first);
      return (from === undefined ? undefined : shape?.[from]) ?? undefined;
    }
    case 'DepthToSpace': {
      const before = channelsOf(graph, first);
      return before && before / Number(attribute(node, 'blocksize')) ** 2;
    }
    case 'Add':
    case 'Sub':
    case 'Mul':
    case 'Div':
      // A constant may have one value for all channels.
      return graph.constant(second) ? channelsOf(graph, first) : undefined;
    default:
      return node && SAME.includes(node.op_type) ? channelsOf(graph, first) : undefined;
  }
}
