import { GraphEditor } from '../onnx/graph-editor.js';
import { ELEMENT } from '../onnx/messages.js';
import { decodeModel, encodeModel } from '../onnx/model.js';
import { RAW } from './names.js';

/**
 * The graph that is served, and beside its outputs what the network itself answers (`RAW`), as floats. It is for
 * proving a model: a result of class numbers or bytes does not show that its network answered with NaN.
 * @param baked an ONNX file that `bake` made
 * @returns an ONNX file
 */
export function withRawOutputs(baked: Uint8Array): Uint8Array {
  const model = decodeModel(baked);
  const { graph } = model;
  const made = new Set(graph.node.flatMap(({ output }) => output));
  const editor = new GraphEditor('okulo/proof');
  for (const raw of Object.values(RAW).filter((name) => made.has(name))) {
    const name = editor.add('Cast', [raw], { to: ELEMENT.float }, floatsOf(raw));
    // Without a shape, which may be open: the run tells it.
    graph.output.push({ name, type: { tensor_type: { elem_type: ELEMENT.float } } });
  }
  editor.appendTo(graph);
  return encodeModel(model);
}

/** The output that `withRawOutputs` adds for one of the names in `RAW`. */
export function floatsOf(raw: string): string {
  return `${raw}/floats`;
}
