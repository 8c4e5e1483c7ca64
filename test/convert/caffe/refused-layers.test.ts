import { describe, expect, it } from 'vitest';
import { ConversionError } from '../../../src/convert/conversion-error.js';
import { convert, ramp } from './small-net.js';

const INPUT = 'input: "data" input_dim: 1 input_dim: 4 input_dim: 4 input_dim: 4';

/** A network whose only layer is of the given type, with the given parameters. */
function one(type: string, parameters = '', bottoms = ['data']): string {
  const reads = bottoms.map((blob) => `bottom: "${blob}"`).join(' ');
  return `${INPUT} layer { name: "it" type: "${type}" ${reads} top: "it" ${parameters} }`;
}

describe('layers that are refused, each by its name', () => {
  it.each([
    [
      'a type that is not known',
      one('Pooling', 'pooling_param { pool: MAX kernel_size: 2 }'),
      /^Layer 'it' \(Pooling\) is of a type that cannot be converted; known are Input, .*Convolution.*DetectionOutput$/,
    ],
    ['no type', `${INPUT} layer { name: "it" bottom: "data" top: "it" }`, /^Layer 'it' \(\) is of a type/],
    [
      'a bottom that no layer makes',
      one('ReLU', '', ['nowhere']),
      /^Layer 'it' \(ReLU\) reads 'nowhere', which does not exist: no layer makes it$/,
    ],
    [
      'a circle',
      `${INPUT}
       layer { name: "a" type: "Concat" bottom: "data" bottom: "b" top: "a" }
       layer { name: "b" type: "ReLU" bottom: "a" top: "b" }`,
      /^Layer 'a' \(Concat\) reads 'b', which only layer 'b' makes, in a circle or too late/,
    ],
    [
      'a layer that reads its own result',
      `${INPUT} layer { name: "it" type: "Concat" bottom: "data" bottom: "it" top: "it" }`,
      /^Layer 'it' \(Concat\) reads 'it', which only layer 'it' makes/,
    ],
    [
      'a blob that is made twice',
      `${INPUT}
       layer { name: "a" type: "ReLU" bottom: "data" top: "x" }
       layer { name: "b" type: "ReLU" bottom: "data" top: "x" }`,
      /^Layer 'b' \(ReLU\) makes 'x', which a layer before it has made already$/,
    ],
    ['two blobs where one is read', one('ReLU', '', ['data', 'data']), /^Layer 'it' \(ReLU\) reads 2 blobs/],
    [
      'two results where one is made',
      `${INPUT} layer { name: "it" type: "ReLU" bottom: "data" top: "a" top: "b" }`,
      /^Layer 'it' \(ReLU\) makes 2 blobs/,
    ],
    [
      'groups that do not divide the channels',
      one('Convolution', 'convolution_param { num_output: 4 kernel_size: 1 group: 3 }'),
      /^Layer 'it' \(Convolution\) cannot split 4 channels in and 4 out into 3 groups$/,
    ],
    [
      'no kernel',
      one('Convolution', 'convolution_param { num_output: 4 }'),
      /^Layer 'it' \(Convolution\) has a kernel size, .* of 0$/,
    ],
    [
      'a kernel size given in two ways',
      one('Convolution', 'convolution_param { num_output: 4 kernel_size: 1 kernel_h: 3 kernel_w: 3 }'),
      /^Layer 'it' \(Convolution\) gives its kernel size twice$/,
    ],
    [
      'a kernel size for three directions',
      one('Convolution', 'convolution_param { num_output: 4 kernel_size: 1 kernel_size: 1 kernel_size: 1 }'),
      /^Layer 'it' \(Convolution\) gives its kernel size for 3 directions, not two$/,
    ],
    [
      'batch statistics',
      one('BatchNorm', 'batch_norm_param { use_global_stats: false }'),
      /^Layer 'it' \(BatchNorm\) normalises by its input/,
    ],
    [
      'an axis that is not there',
      one('Softmax', 'softmax_param { axis: 4 }'),
      /^Layer 'it' \(Softmax\) is about axis 4, and what it reads has 4 axes$/,
    ],
    [
      'an order that names an axis twice',
      one('Permute', 'permute_param { order: 0 order: 0 }'),
      /^Layer 'it' \(Permute\) cannot order the axes of 1x4x4x4 as 0, 0$/,
    ],
    [
      'sizes with another number of elements',
      one('Reshape', 'reshape_param { shape { dim: 3 dim: -1 } }'),
      /^Layer 'it' \(Reshape\) cannot make 3x-1 of 1x4x4x4$/,
    ],
    [
      'whole sizes of another number of elements',
      one('Reshape', 'reshape_param { shape { dim: 1 dim: 8 dim: 4 } }'),
      /^Layer 'it' \(Reshape\) cannot make 1x8x4 of 1x4x4x4$/,
    ],
    [
      'parts that do not fit together',
      `${INPUT}
       layer { name: "flat" type: "Flatten" bottom: "data" top: "flat" }
       layer { name: "it" type: "Concat" bottom: "data" bottom: "flat" top: "it" }`,
      /^Layer 'it' \(Concat\) cannot join 1x64 to 1x4x4x4 along axis 1$/,
    ],
    [
      'boxes without a size',
      one('PriorBox', '', ['data', 'data']),
      /^Layer 'it' \(PriorBox\) needs a min_size/,
    ],
    [
      'boxes of no width',
      one('PriorBox', 'prior_box_param { min_size: 2 aspect_ratio: 0 }', ['data', 'data']),
      /^Layer 'it' \(PriorBox\) needs a min_size, sizes of at least one pixel and aspect ratios above zero$/,
    ],
    [
      'boxes with three variances',
      one('PriorBox', 'prior_box_param { min_size: 2 variance: 1 variance: 1 variance: 1 }', [
        'data',
        'data',
      ]),
      /^Layer 'it' \(PriorBox\) has variances that are not one or four numbers above zero$/,
    ],
    [
      'an input layer without sizes',
      'layer { name: "it" type: "Input" top: "data" }',
      /^Layer 'it' \(Input\) is wrong: the sizes of the input 'data' are not given$/,
    ],
  ])('%s', (_, prototxt, message) => {
    const run = () => convert(prototxt);
    expect(run).toThrow(ConversionError);
    expect(run).toThrow(message);
  });

  it('a kernel larger than the picture', () => {
    const prototxt = one(
      'Convolution',
      'convolution_param { num_output: 1 kernel_size: 5 bias_term: false }',
    );
    expect(() => convert(prototxt, { it: [ramp([1, 4, 5, 5])] })).toThrow(
      /^Layer 'it' \(Convolution\) has a kernel \(5x5\) larger than what it reads \(4x4\)$/,
    );
  });

  it('but a kernel size for each of the two directions is none of them', () => {
    const prototxt = one(
      'Convolution',
      'convolution_param { num_output: 1 kernel_size: 3 kernel_size: 1 bias_term: false }',
    );
    expect(() => convert(prototxt, { it: [ramp([1, 4, 3, 1])] })).not.toThrow();
  });
});
