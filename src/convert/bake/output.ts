import { GraphEditor } from '../onnx/graph-editor.js';
import type { ModelProto } from '../onnx/messages.js';
import { parserOf } from '../parsers/parsers.js';
import type { BakeSpec } from './spec.js';

/**
 * Replaces the network's outputs by the ones that its parser reads.
 * @throws ConversionError when the network is not the one that the spec describes
 * @throws Error when the parser does not exist, or did not make the outputs that it reads
 */
export function bakeOutput(
  model: ModelProto,
  { input, output, labelCount = 0 }: BakeSpec,
  parser = parserOf(output),
): void {
  const editor = new GraphEditor('okulo/after');
  parser.bake({ model, editor, input, labelCount }, output);
  editor.appendTo(model.graph);
  const made = new Set(model.graph.output.map(({ name }) => name));
  const missing = Object.keys(parser.outputs).filter((name) => !made.has(name));
  if (missing.length > 0) {
    throw new Error(`The output parser '${output.parser}' reads ${missing.join(', ')} and did not make it`);
  }
}
