import { describe, expect, it } from 'vitest';
import { decodeModel, feedsOf, opsetOf, shapeOf } from '../../../src/convert/onnx/model.js';
import { answer, convert, ramp, tensor } from './small-net.js';

const RELU = 'layer { name: "relu" type: "ReLU" bottom: "data" top: "out" }';

function ports(prototxt: string): { inputs: [string, unknown][]; outputs: [string, unknown][] } {
  const model = decodeModel(convert(prototxt).onnx);
  const named = (values: typeof model.graph.input) =>
    values.map((value): [string, unknown] => [value.name, shapeOf(value)]);
  return { inputs: named(feedsOf(model)), outputs: named(model.graph.output) };
}

describe('the input of a network', () => {
  it.each([
    ['as four numbers', 'input: "data" input_dim: 1 input_dim: 3 input_dim: 5 input_dim: 7'],
    ['as a shape', 'input: "data" input_shape { dim: 1 dim: 3 dim: 5 dim: 7 }'],
    [
      'as a layer',
      'layer { name: "in" type: "Input" top: "data" input_param { shape { dim: 1 dim: 3 dim: 5 dim: 7 } } }',
    ],
    ['for a batch, of which one is left', 'input: "data" input_dim: [10, 3, 5, 7]'],
  ])('%s', (_, input) => {
    expect(ports(`${input} ${RELU}`)).toEqual({
      inputs: [['data', [1, 3, 5, 7]]],
      outputs: [['out', [1, 3, 5, 7]]],
    });
  });
});

describe('the layers of a network', () => {
  const INPUT = 'input: "data" input_dim: [1, 1, 1, 3]';
  const data = tensor([1, 1, 1, 3], [-1, 0, 2]);

  it('take part in use, not in training', async () => {
    const prototxt = `${INPUT}
      layer { name: "a" type: "ReLU" bottom: "data" top: "a" include { phase: TEST } }
      layer { name: "b" type: "Dropout" bottom: "a" top: "a" include { phase: TRAIN } dropout_param { dropout_ratio: 0.5 } }
      layer { name: "c" type: "Dropout" bottom: "a" top: "a" exclude { phase: TEST } }
      layer { name: "d" type: "ReLU" bottom: "a" top: "out" exclude { phase: TRAIN } }`;
    expect((await answer(prototxt, {}, data)).out?.values).toEqual([0, 0, 2]);
  });

  it('may write the blob that they read, and others before them keep what they have read', async () => {
    const prototxt = `${INPUT}
      layer { name: "scale" type: "Scale" bottom: "data" top: "x" }
      layer { name: "kept" type: "Flatten" bottom: "x" top: "kept" }
      layer { name: "relu" type: "ReLU" bottom: "x" top: "x" }`;
    const answers = await answer(prototxt, { scale: [ramp([1], 3)] }, data);
    expect(answers.kept?.values).toEqual([-3, 0, 6]);
    expect(answers.x?.values).toEqual([0, 0, 6]);
  });

  it('are left out when nothing that is given out needs them', () => {
    const prototxt = `${INPUT} ${RELU} layer { name: "other" type: "Unheard" bottom: "data" top: "other" }`;
    const { onnx } = convert(prototxt, {}, ['out']);
    expect(decodeModel(onnx).graph.node.map(({ op_type: operator }) => operator)).toEqual([
      'Relu',
      'Identity',
    ]);
  });

  it('are refused when an output is asked for that none of them makes', () => {
    expect(() => convert(`${INPUT} ${RELU}`, {}, ['elsewhere'])).toThrow(
      "No layer of the network makes 'elsewhere', which is asked for as an output",
    );
  });

  it('are refused when the input itself is what comes out', () => {
    expect(() => convert(`${INPUT} layer { name: "relu" type: "ReLU" bottom: "data" top: "data" }`)).toThrow(
      "The network's input 'data' would be an output of the same name, too",
    );
  });

  it('become operators of the version that baking adds to', () => {
    expect(opsetOf(decodeModel(convert(`${INPUT} ${RELU}`).onnx))).toBe(17);
  });
});
