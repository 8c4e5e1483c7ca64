import { expect, it } from 'vitest';
import { zeroTinyWeights } from '../../../src/convert/passes/tiny-weights.js';
import { decodeModel, encodeModel } from '../../../src/convert/onnx/model.js';
import { ELEMENT } from '../../../src/convert/onnx/messages.js';
import { network, passed, run } from './compared.js';

const VALUES = [1e-21, -9.9e-21, 1.1e-20, -1e-19, 1e-42, 0, 1, NaN];
const KEPT = [0, 0, 1.1e-20, -1e-19, 0, 0, 1, NaN];
const feeds = { x: { type: 'float32', data: new Float32Array(8), dims: [8] } } as const;

it('makes weights zero that are below 1e-20, and no others', async () => {
  const model = network([8], (editor) => {
    editor.add('Add', ['x', editor.floats(VALUES)], {}, 'y');
  });
  const before = encodeModel(model);

  const { data } = await run(passed(model, zeroTinyWeights), feeds);

  expect(data).toEqual(Float32Array.from(KEPT));
  // The caller's bytes are not written to.
  expect(encodeModel(model)).toEqual(before);
});

it('does so in lists and in Constant nodes', () => {
  const model = network([8], (editor) => {
    editor.add('Add', ['x', 'list'], {}, 'sum');
    editor.add('Add', ['sum', 'constant'], {}, 'y');
  });
  const tensor = { name: '', dims: [2], data_type: ELEMENT.float, float_data: [1e-30, 0.5] };
  model.graph.initializer.push({ ...tensor, name: 'list' });
  const attribute = [{ name: 'value', type: 4, t: tensor }];
  model.graph.node.unshift({ op_type: 'Constant', input: [], output: ['constant'], attribute });

  const { graph } = passed(decodeModel(encodeModel(model)), zeroTinyWeights);

  expect(graph.initializer[0]?.float_data).toEqual([0, 0.5]);
  expect(graph.node[0]?.attribute?.[0]?.t?.float_data).toEqual([0, 0.5]);
});

it('leaves other types alone', () => {
  const bytes = Uint8Array.of(1, 0, 0, 0, 1, 0, 0, 0);
  const model = network([8], (editor) => {
    editor.add('Add', ['x', editor.add('Cast', [editor.weights('int32', [2], bytes)], { to: 1 })], {}, 'y');
  });

  const [tensor] = passed(model, zeroTinyWeights).graph.initializer;

  expect(Array.from(tensor?.raw_data ?? [])).toEqual(Array.from(bytes));
});
