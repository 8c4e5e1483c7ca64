import { describe, expect, it } from 'vitest';
import { convertCaffe } from '../../../src/convert/caffe.js';
import { ConversionError } from '../../../src/convert/conversion-error.js';
import { caffemodelOf, convert, ramp, type WrittenBlob } from './small-net.js';

const INPUT = 'input: "data" input_shape { dim: 1 dim: 2 dim: 4 dim: 4 }';
const TWO_CONVOLUTIONS = `${INPUT}
  layer { name: "first" type: "Convolution" bottom: "data" top: "first"
          convolution_param { num_output: 2 kernel_size: 1 } }
  layer { name: "second" type: "Convolution" bottom: "first" top: "second"
          convolution_param { num_output: 3 kernel_size: 3 } }`;
const FIRST = [ramp([2, 2, 1, 1]), ramp([2])];
const SECOND = [ramp([3, 2, 3, 3]), ramp([3])];

/** Runs what should be refused, and checks that the refusal is one sentence for the operator. */
function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(ConversionError);
    const message = error instanceof Error ? error.message : '';
    expect(message).not.toMatch(/\n|\. /);
    return message;
  }
  throw new Error('nothing was refused');
}

describe('a prototxt that is none', () => {
  it.each([
    ['broken text', `${INPUT}\nlayer { name: "a" type`, /^The prototxt cannot be read .*\(line 2\)$/],
    ['a word that is not of the format', `${INPUT}\nlayer { nome: "a" }`, /unknown field 'nome' \(line 2\)$/],
    [
      'a word where a number should be',
      'input: "data" input_dim: many',
      /^The prototxt cannot be read as a Caffe network: /,
    ],
    ['nothing', '', /^The prototxt describes no layers/],
    ["layers of Caffe's first year", `${INPUT} layers { name: "a" type: RELU }`, /upgrade_net_proto_text$/],
    [
      'an input without sizes',
      'input: "data" layer { name: "a" }',
      /sizes of the input 'data' are not given/,
    ],
    ['an input of no size', 'input: "data" input_dim: 0 layer { name: "a" }', /cannot have the sizes 0$/],
    ['no input', 'layer { name: "a" type: "ReLU" top: "a" }', /^The prototxt names no input$/],
  ])('%s', (_, prototxt, message) => {
    expect(refusal(() => convert(prototxt))).toMatch(message);
  });
});

describe('a caffemodel that is none', () => {
  const prototxt = new TextEncoder().encode(TWO_CONVOLUTIONS);
  const whole = caffemodelOf({ first: FIRST, second: SECOND });

  it('is accepted when it is whole', () => {
    expect(convertCaffe(prototxt, whole).onnx.length).toBeGreaterThan(0);
  });

  it.each([
    ['empty', new Uint8Array(), /^The caffemodel holds no layers; fetch it again$/],
    [
      'another file',
      new TextEncoder().encode('<html>not found</html>'),
      /damaged or breaks off at its beginning/,
    ],
    ['without its last byte', whole.subarray(0, -1), /damaged or breaks off after layer 'first'/],
    ["of Caffe's first year", Uint8Array.of(0x12, 0), /upgrade_net_proto_binary$/],
  ])('%s', (_, caffemodel, message) => {
    expect(refusal(() => convertCaffe(prototxt, caffemodel))).toMatch(message);
  });

  it('is refused wherever it is cut off', () => {
    for (let length = 0; length < whole.length; length += 1) {
      const message = refusal(() => convertCaffe(prototxt, whole.subarray(0, length)));
      expect(message).toMatch(/caffemodel|Layer 'second'/);
    }
  });
});

describe('blobs that do not fit their layer', () => {
  const cases: [string, Record<string, WrittenBlob[]>, RegExp][] = [
    [
      'none at all',
      { first: FIRST },
      /^Layer 'second' \(Convolution\) needs 2 blobs \(weights, bias\), and the caffemodel holds 0 for it$/,
    ],
    ['too few', { first: FIRST, second: SECOND.slice(0, 1) }, /^Layer 'second' .* holds 1 for it$/],
    [
      'the shape of another kernel',
      { first: FIRST, second: [ramp([3, 2, 5, 5]), ramp([3])] },
      /^Layer 'second' \(Convolution\) expects its weights as 3x2x3x3, and the caffemodel's are 3x2x5x5$/,
    ],
    [
      'as many numbers in another shape',
      { first: FIRST, second: [ramp([2, 3, 3, 3]), ramp([3])] },
      /^Layer 'second' .* expects its weights as 3x2x3x3/,
    ],
    [
      'fewer numbers than their shape says',
      { first: FIRST, second: [{ shape: [3, 2, 3, 3], values: [1, 2] }, ramp([3])] },
      /^Layer 'second' \(Convolution\) has 2 numbers as its weights in the caffemodel, where 54 should be$/,
    ],
    [
      'what is not a number',
      { first: [ramp([2, 2, 1, 1]), { shape: [2], values: [1, NaN] }], second: SECOND },
      /^Layer 'first' \(Convolution\) has bias that are not finite: the caffemodel is damaged; fetch it again$/,
    ],
  ];
  it.each(cases)('%s', (_, layers, message) => {
    expect(refusal(() => convert(TWO_CONVOLUTIONS, layers))).toMatch(message);
  });

  it('of two layers with one name', () => {
    const prototxt = TWO_CONVOLUTIONS.replace('name: "second"', 'name: "first"');
    expect(refusal(() => convert(prototxt, { first: FIRST }))).toMatch(
      /^Layer 'first' \(Convolution\) has a name that another layer has, too$/,
    );
  });

  it('a variance below zero', () => {
    const prototxt = `${INPUT} layer { name: "norm" type: "BatchNorm" bottom: "data" top: "norm" }`;
    const norm = [ramp([2]), { shape: [2], values: [1, -1] }, { shape: [1], values: [1] }];
    expect(refusal(() => convert(prototxt, { norm }))).toMatch(/^Layer 'norm' .* variance below zero/);
  });
});
