import { ELEMENT } from '../onnx/messages.js';
import { attribute, numbers, type PassGraph } from './graph.js';

/**
 * Puts the planes of a picture apart while its values are bytes, a quarter of what has to be moved as floats:
 * Cast, Transpose becomes Transpose, Cast. The picture is an input of the graph, so that it is known to be bytes.
 */
export function transposeBytes(graph: PassGraph): void {
  for (const node of graph.nodes('Transpose')) {
    const cast = graph.soleMaker(pastIdentity(graph, node.input[0]), 'Cast');
    const [bytes = ''] = cast?.input ?? [];
    if (!cast || attribute(cast, 'to') !== ELEMENT.float || !isBytes(graph, bytes)) continue;
    graph.replace(node, (editor) => {
      const planes = editor.add('Transpose', [bytes], { perm: numbers(node, 'perm') });
      editor.add('Cast', [planes], { to: ELEMENT.float }, node.output[0]);
    });
  }
}

function pastIdentity(graph: PassGraph, value: string | undefined): string | undefined {
  const identity = graph.soleMaker(value, 'Identity');
  return identity ? pastIdentity(graph, identity.input[0]) : value;
}

function isBytes({ graph }: PassGraph, value: string): boolean {
  const input = graph.input.find(({ name }) => name === value);
  return input?.type.tensor_type.elem_type === ELEMENT.uint8;
}
