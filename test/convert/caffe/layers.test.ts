import { describe, expect, it } from 'vitest';
import { decodeModel } from '../../../src/convert/onnx/model.js';
import { answer, convert, ramp, tensor } from './small-net.js';

const INPUT = 'input: "data" input_dim: [1, 2, 2, 2]';
const data = tensor([1, 2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
const CONVOLUTION = `${INPUT} layer { name: "conv" type: "Convolution" bottom: "data" top: "conv"
  convolution_param { num_output: 2 kernel_size: 1 } }`;
// Channel 0 is copied and channel 1 is doubled, then 1 and 2 are added.
const CONV = [
  { shape: [2, 2, 1, 1], values: [1, 0, 0, 2] },
  { shape: [2], values: [1, 2] },
];
const CONVOLVED = [2, 3, 4, 5, 12, 14, 16, 18];

describe('convolutions', () => {
  it('take weights and bias from the caffemodel', async () => {
    expect((await answer(CONVOLUTION, { conv: CONV }, data)).conv?.values).toEqual(CONVOLVED);
  });

  it.each(['double', 'old'] as const)('read blobs that are written as %s', async (as) => {
    const conv = CONV.map((blob) => ({ ...blob, as }));
    expect((await answer(CONVOLUTION, { conv }, data)).conv?.values).toEqual(CONVOLVED);
  });

  it('have sizes of their own for height and width', async () => {
    const prototxt = `${INPUT} layer { name: "conv" type: "Convolution" bottom: "data" top: "conv"
      convolution_param { num_output: 2 group: 2 bias_term: false kernel_h: 2 kernel_w: 1 pad_w: 1 stride_h: 1 stride_w: 2 } }`;
    const { conv } = await answer(prototxt, { conv: [ramp([2, 1, 2, 1], 1, 0)] }, data);
    expect(conv).toEqual({ dims: [1, 2, 1, 2], values: [0, 6, 0, 14] });
  });
});

describe('what scales channels', () => {
  const NORM = `layer { name: "norm" type: "BatchNorm" bottom: "conv" top: "out" batch_norm_param { eps: 0 } }`;
  // Sums over two: means 1 and 2, variances 4 and 16.
  const norm = [
    { shape: [2], values: [2, 4] },
    { shape: [2], values: [8, 32] },
    { shape: [1], values: [2] },
  ];
  const operators = (prototxt: string, layers: Parameters<typeof convert>[1]) =>
    decodeModel(convert(prototxt, layers).onnx).graph.node.map(({ op_type: operator }) => operator);

  it('normalises by what the sums in the caffemodel say', async () => {
    const { out } = await answer(`${CONVOLUTION} ${NORM}`, { conv: CONV, norm }, data);
    expect(out?.values).toEqual(CONVOLVED.map((value, at) => (at < 4 ? (value - 1) / 2 : (value - 2) / 4)));
  });

  it('counts sums of nothing as zero', async () => {
    const untrained = [...norm.slice(0, 2), { shape: [1], values: [0] }];
    const prototxt = `${CONVOLUTION} ${NORM.replace('eps: 0', 'eps: 1')}`;
    const { out } = await answer(prototxt, { conv: CONV, norm: untrained }, data);
    expect(out?.values).toEqual(CONVOLVED);
  });

  it('disappears in the convolution directly before it', () => {
    const prototxt = `${CONVOLUTION} ${NORM} layer { name: "scale" type: "Scale" bottom: "out" top: "out" }`;
    expect(operators(prototxt, { conv: CONV, norm, scale: [ramp([2], 1)] })).toEqual(['Conv', 'Identity']);
  });

  it('leaves the convolution as it is when another layer reads that, too', async () => {
    const prototxt = `${CONVOLUTION} ${NORM} layer { name: "flat" type: "Flatten" bottom: "conv" top: "flat" }`;
    const { out, flat } = await answer(prototxt, { conv: CONV, norm }, data);
    expect(flat?.values).toEqual(CONVOLVED);
    expect(out?.values).toEqual(CONVOLVED.map((value, at) => (at < 4 ? (value - 1) / 2 : (value - 2) / 4)));
    expect(operators(prototxt, { conv: CONV, norm }).filter((operator) => operator === 'Conv')).toHaveLength(
      1,
    );
  });

  it('may scale a block of axes instead of channels', async () => {
    const prototxt = `${INPUT} layer { name: "scale" type: "Scale" bottom: "data" top: "out"
      scale_param { axis: -2 num_axes: -1 bias_term: true } }`;
    const scale = [ramp([2, 2], 1), ramp([2, 2], 10, 10)];
    const { out } = await answer(prototxt, { scale }, data);
    expect(out?.values).toEqual([11, 24, 39, 56, 15, 32, 51, 72]);
  });
});

describe('layers without weights', () => {
  const run = async (type: string, parameters: string) => {
    const prototxt = `${INPUT} layer { name: "it" type: "${type}" bottom: "data" top: "out" ${parameters} }`;
    return (await answer(prototxt, {}, data)).out;
  };

  it.each([
    [
      'Permute',
      'permute_param { order: 0 order: 2 order: 3 order: 1 }',
      [1, 2, 2, 2],
      [1, 5, 2, 6, 3, 7, 4, 8],
    ],
    ['Permute', 'permute_param { order: 3 }', [2, 1, 2, 2], [1, 3, 5, 7, 2, 4, 6, 8]],
    ['Flatten', '', [1, 8], [1, 2, 3, 4, 5, 6, 7, 8]],
    ['Flatten', 'flatten_param { axis: 0 end_axis: -2 }', [4, 2], [1, 2, 3, 4, 5, 6, 7, 8]],
    ['Reshape', 'reshape_param { shape { dim: 0 dim: -1 dim: 4 } }', [1, 2, 4], [1, 2, 3, 4, 5, 6, 7, 8]],
    [
      'Reshape',
      'reshape_param { shape { dim: 2 dim: -1 } axis: 1 num_axes: 2 }',
      [1, 2, 2, 2],
      [1, 2, 3, 4, 5, 6, 7, 8],
    ],
    [
      'Reshape',
      'reshape_param { shape { dim: 1 } axis: -1 num_axes: 0 }',
      [1, 2, 2, 2, 1],
      [1, 2, 3, 4, 5, 6, 7, 8],
    ],
  ])('%s with %s', async (type, parameters, dims, values) => {
    expect(await run(type, parameters)).toEqual({ dims, values });
  });

  it('Concat joins along any axis', async () => {
    const prototxt = `${INPUT}
      layer { name: "it" type: "Concat" bottom: "data" bottom: "data" top: "out" concat_param { axis: -1 } }`;
    const { out } = await answer(prototxt, {}, data);
    expect(out).toEqual({ dims: [1, 2, 2, 4], values: [1, 2, 1, 2, 3, 4, 3, 4, 5, 6, 5, 6, 7, 8, 7, 8] });
  });

  it('Concat knows its older word for an axis', async () => {
    const prototxt = `${INPUT}
      layer { name: "it" type: "Concat" bottom: "data" bottom: "data" top: "out" concat_param { concat_dim: 2 } }`;
    expect((await answer(prototxt, {}, data)).out?.dims).toEqual([1, 2, 4, 2]);
  });

  it('Softmax makes shares along its axis', async () => {
    const out = await run('Softmax', '');
    const share = Math.exp(1) / (Math.exp(1) + Math.exp(5));
    expect(out?.values[0]).toBeCloseTo(share, 6);
    expect(out?.values[4]).toBeCloseTo(1 - share, 6);
  });

  it('ReLU keeps a part of what is below zero where it is told to', async () => {
    const prototxt = `${INPUT} layer { name: "it" type: "ReLU" bottom: "data" top: "out" relu_param { negative_slope: 0.5 } }`;
    const { out } = await answer(prototxt, {}, tensor([1, 2, 2, 2], [-2, -1, 0, 1, 2, 3, 4, 5]));
    expect(out?.values).toEqual([-1, -0.5, 0, 1, 2, 3, 4, 5]);
  });
});
