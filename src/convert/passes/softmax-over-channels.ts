import { attribute, type PassGraph } from './graph.js';

/**
 * Spells out a softmax over the channels of a picture. The runtime transposes for it, twice, and computes rows of
 * a few numbers each; the same by whole planes takes a sixth.
 */
export function softmaxOverChannels(graph: PassGraph): void {
  // Sums take their axes as an input from that version on.
  if (graph.opset < 13) return;
  for (const node of graph.nodes('Softmax')) {
    const [logits = ''] = node.input;
    if (attribute(node, 'axis') !== 1 || !isPicture(graph, logits)) continue;
    graph.replace(node, (editor) => {
      const max = editor.add('ReduceMax', [logits], { axes: [1], keepdims: 1 });
      const powers = editor.add('Exp', [editor.add('Sub', [logits, max])]);
      const sum = editor.add('ReduceSum', [powers, editor.ints([1])], { keepdims: 1 });
      editor.add('Div', [powers, sum], {}, node.output[0]);
    });
  }
}

/** Whether a value has rows and columns: what interpolates or convolves makes nothing else. */
function isPicture(graph: PassGraph, value: string): boolean {
  const stated = graph.statedShape(value);
  if (stated) return stated.length === 4;
  const node = graph.maker(value);
  if (node?.op_type === 'Cast' || node?.op_type === 'Identity') return isPicture(graph, node.input[0] ?? '');
  return node?.op_type === 'Conv' || (node?.op_type === 'Resize' && isPicture(graph, node.input[0] ?? ''));
}
