import { attribute, type PassGraph } from './graph.js';

/** Operators between a softmax and its argmax that change no order of the channels of a pixel. */
const LINEAR = ['Resize', 'Identity'];

/**
 * Takes the softmax away from before an argmax over the same axis: a softmax keeps the order of what it is made of.
 * Where scores are interpolated in between, logits are interpolated instead of probabilities; they differ where a
 * pixel lies between two classes that are about as likely.
 */
export function argmaxOfLogits(graph: PassGraph): void {
  // Before that version the operator was about all axes from the given one on.
  if (graph.opset < 13) return;
  for (const argmax of graph.nodes('ArgMax')) {
    const axis = attribute(argmax, 'axis') ?? 0;
    const softmax = softmaxAbove(graph, argmax.input[0]);
    const [logits = ''] = softmax?.input ?? [];
    const [probabilities = ''] = softmax?.output ?? [];
    if (!softmax || attribute(softmax, 'axis') !== axis) continue;
    graph.redirect(probabilities, logits);
  }
}

function softmaxAbove(graph: PassGraph, value: string | undefined) {
  const node = graph.soleMaker(value, 'Softmax', 'LogSoftmax', ...LINEAR);
  if (!node || node.op_type.endsWith('oftmax')) return node;
  if (node.op_type === 'Resize' && attribute(node, 'mode') === 'cubic') return undefined;
  return softmaxAbove(graph, node.input[0]);
}
