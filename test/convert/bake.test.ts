import { describe, expect, it } from 'vitest';
import { bake } from '../../src/convert/bake.js';
import type { BakeSpec } from '../../src/convert/bake/spec.js';
import type { InputSpec } from '../../src/convert/bake/input-spec.js';
import type { OutputSpec } from '../../src/convert/parsers/parsers.js';
import { ConversionError } from '../../src/convert/conversion-error.js';
import { decodeModel, encodeModel } from '../../src/convert/onnx/model.js';
import { builtinBytes } from '../kit/prepared.js';
import { echo, tinyModel } from './onnx/tiny.js';

const INPUT: InputSpec = {
  width: 6,
  height: 4,
  layout: 'NCHW',
  channels: 'RGB',
  mean: [0, 0, 0],
  scale: [1, 1, 1],
};
const TOP_K: OutputSpec = { parser: 'softmax-top-k', logits: false };
const ROAD: OutputSpec = { parser: 'segmentation-argmax', classes: [0, 1, 0] };
const BOXES: OutputSpec = { parser: 'ssd', boxes: 'boxes', scores: 'scores', iouThreshold: 0.5 };
const YOLOX: OutputSpec = { parser: 'yolox', strides: [2], iouThreshold: 0.5 };
const LARGER: OutputSpec = { parser: 'super-resolution', scale: 4, receptiveFieldRadius: 1 };

const bytes = encodeModel(echo([1, 3, 4, 6]));

describe('a file that is no network', () => {
  it.each([
    ['text', Buffer.from('not a network')],
    ['an empty file', Buffer.alloc(0)],
    ['a network that was cut off', bytes.subarray(0, bytes.length / 2)],
  ])('%s is refused', (_, file) => {
    expectRefusal(file, { input: INPUT, output: TOP_K }, 'is not an ONNX model');
  });

  it('a shipped model is refused wherever it is cut off', async () => {
    const whole = await builtinBytes('superres');
    const spec = { input: { ...INPUT, width: undefined, height: undefined }, output: LARGER };
    expect(() => bake(whole, spec)).not.toThrow();
    for (let length = 0; length < whole.length; length += 977) {
      expect(() => bake(whole.subarray(0, length), spec), `${length} bytes`).toThrow(ConversionError);
    }
  });
});

describe('a network that is not what its manifest entry says', () => {
  it.each([
    ['another width', { ...INPUT, width: 7 }, '1x3x4x6', '7x4'],
    ['another height', { ...INPUT, height: 5 }, '1x3x4x6', '6x5'],
    ['another layout', { ...INPUT, layout: 'NHWC' as const }, '1x3x4x6', 'NHWC'],
    ['any size, where it is fixed', { ...INPUT, width: undefined, height: undefined }, '1x3x4x6', '?x?'],
  ])('is refused for %s, with both', (_, input, actual, stated) => {
    expectRefusal(bytes, { input, output: TOP_K }, actual, stated);
  });

  it('is refused for a shape that is no picture', () => {
    expectRefusal(encodeModel(echo([1, 72])), { input: INPUT, output: TOP_K }, '1x72');
  });

  it('is refused for another number of classes', () => {
    expectRefusal(bytes, { input: INPUT, output: { ...ROAD, classes: [0, 1] } }, '3 classes', 'names 2');
  });

  it('is refused for an output that it does not have, with those that it has', () => {
    expectRefusal(bytes, { input: INPUT, output: BOXES }, "no output 'boxes'", "'out'");
  });

  it('is refused for cells that do not match the strides', () => {
    expectRefusal(bytes, { input: INPUT, output: YOLOX }, '1 x 6 x (5 + classes)', '1 x 3 x 4 x 6');
  });

  it('is refused for more than one input', () => {
    const model = tinyModel(
      { inputs: { a: [1, 3, 4, 6], b: [1] }, outputs: { y: [1, 3, 4, 6] } },
      (editor) => {
        editor.add('Add', ['a', 'b'], {}, 'y');
      },
    );

    expectRefusal(encodeModel(model), { input: INPUT, output: TOP_K }, 'one input', 'has 2');
  });

  it.each([TOP_K, ROAD, YOLOX, LARGER])('is refused for more than one output ($parser)', (output) => {
    const sizes = { inputs: { x: [1, 3, 4, 6] }, outputs: { y: [1, 3, 4, 6], z: [1, 3, 4, 6] } };
    const model = tinyModel(sizes, (editor) => {
      editor.add('Relu', ['x'], {}, 'y');
      editor.add('Neg', ['x'], {}, 'z');
    });

    expectRefusal(encodeModel(model), { input: INPUT, output }, 'one output', 'has 2');
  });
});

describe('the version of the operators', () => {
  it.each([7, 10, 18, 22])('%d is refused, with those that are not', (opset) => {
    expectRefusal(
      encodeModel(echo([1, 3, 4, 6], opset)),
      { input: INPUT, output: TOP_K },
      `has ${opset}`,
      '11 to 17',
    );
  });

  it.each([11, 12, 13, 14, 15, 16, 17])('%d is accepted', (opset) => {
    expect(() => bake(encodeModel(echo([1, 3, 4, 6], opset)), { input: INPUT, output: TOP_K })).not.toThrow();
  });

  it('has to be told', () => {
    const model = { ...echo([1, 3, 4, 6]), opset_import: [] };

    expectRefusal(encodeModel(model), { input: INPUT, output: TOP_K }, 'which version of the operators');
  });
});

describe('baking', () => {
  it('says who made the file', () => {
    expect(decodeModel(bake(bytes, { input: INPUT, output: TOP_K })).producer_name).toBe('okulo');
  });

  it('gives the same bytes each time', () => {
    const spec = { input: INPUT, output: ROAD };

    expect(bake(bytes, spec)).toEqual(bake(bytes, spec));
  });
});

/** Refused for a reason that an operator can act on: one sentence, with the facts. */
function expectRefusal(file: Uint8Array, spec: BakeSpec, ...facts: string[]): void {
  let refusal: unknown;
  try {
    bake(file, spec);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(ConversionError);
  const { message } = refusal as ConversionError;
  expect(message).toMatch(/^[A-Z][^\n]+[^.\n]$/);
  for (const fact of facts) expect(message).toContain(fact);
}
