import type { NodeProto } from '../onnx/messages.js';
import { ELEMENT } from '../onnx/messages.js';
import type { PassGraph } from './graph.js';

const MAX_BYTE = 255;

/**
 * Removes a Clip before values become bytes, where that cuts off the same: QuantizeLinear saturates. A network
 * for pictures ends in a Clip to 0..1, and its largest picture would be gone through once more.
 */
export function dropSaturatedClips(graph: PassGraph): void {
  for (const quantize of graph.nodes('QuantizeLinear')) {
    const [value, scale, zero] = quantize.input;
    const range = graph.graph.initializer.find(({ name }) => name === zero);
    const byteScale = graph.scalar(scale);
    if (byteScale === undefined || range?.data_type !== ELEMENT.uint8 || range.raw_data?.[0] !== 0) continue;
    dropAbove(graph, value, 0, MAX_BYTE * byteScale);
  }
}

/** Removes Clips above a value that is cut to `low` and `high`, past what only scales it. */
function dropAbove(graph: PassGraph, value: string | undefined, low: number, high: number): void {
  const node = graph.soleMaker(value, 'Clip', 'Mul', 'Identity', 'DepthToSpace');
  const [before] = node?.input ?? [];
  if (!node || before === undefined) return;
  if (node.op_type === 'Mul') {
    const factor = graph.scalar(node.input[1]);
    if (factor !== undefined && factor > 0) dropAbove(graph, before, low / factor, high / factor);
    return;
  }
  if (node.op_type !== 'Clip') {
    dropAbove(graph, before, low, high);
    return;
  }
  if (!isWithin(graph, node, low, high)) return;
  graph.redirect(node.output[0] ?? '', before);
  dropAbove(graph, before, low, high);
}

/** Whether what a Clip cuts off, or leaves, is cut off all the same. */
function isWithin(graph: PassGraph, { input: [, min, max] }: NodeProto, low: number, high: number): boolean {
  const lowest = min ? graph.scalar(min) : -Infinity;
  const highest = max ? graph.scalar(max) : Infinity;
  return lowest !== undefined && highest !== undefined && lowest <= low && highest >= high;
}
