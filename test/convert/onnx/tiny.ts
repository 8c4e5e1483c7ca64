import { GraphEditor, valueInfo, type Shape } from '../../../src/convert/onnx/graph-editor.js';
import type { GraphProto, ModelProto } from '../../../src/convert/onnx/messages.js';

export interface Tiny {
  /** Float inputs by name. */
  readonly inputs: Record<string, Shape>;
  /** Float outputs by name. */
  readonly outputs: Record<string, Shape>;
  readonly opset?: number;
}

/** A network of a few operators, in which every number can be worked out by hand. */
export function tinyModel(
  { inputs, outputs, opset = 13 }: Tiny,
  build: (editor: GraphEditor) => void,
): ModelProto {
  const editor = new GraphEditor('tiny');
  build(editor);
  const infos = (values: Record<string, Shape>) =>
    Object.entries(values).map(([name, shape]) => valueInfo(name, 'float', shape));
  const graph: GraphProto = {
    name: 'tiny',
    node: [],
    initializer: [],
    input: infos(inputs),
    output: infos(outputs),
    value_info: [],
  };
  editor.appendTo(graph);
  return { ir_version: 7, opset_import: [{ domain: '', version: opset }], graph };
}

/** A network that gives back what it gets. */
export function echo(shape: Shape, opset?: number): ModelProto {
  const sizes = { inputs: { in: shape }, outputs: { out: shape } };
  return tinyModel(opset === undefined ? sizes : { ...sizes, opset }, (editor) => {
    editor.add('Identity', ['in'], {}, 'out');
  });
}
