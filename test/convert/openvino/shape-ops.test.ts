import { describe, expect, it } from 'vitest';
import { convert, parameter, result, run, TinyBin, tinyIr, type TinyIr, type TinyLayer } from './tiny-ir.js';

const count = (length: number): number[] => Array.from({ length }, (_, index) => index + 1);

describe('StridedSlice', () => {
  function network(
    [begin, end, steps]: readonly [number[], number[], number[]],
    masks: Record<string, string>,
    dims: number[],
  ): TinyIr {
    const bin = new TinyBin();
    return tinyIr(
      [
        parameter('input', [2, 4]),
        bin.ints('begin', begin),
        bin.ints('end', end),
        bin.ints('steps', steps),
        {
          name: 'slice',
          type: 'StridedSlice',
          data: { begin_mask: '', end_mask: '', ...masks },
          inputs: ['input', 'begin', 'end', 'steps'],
          dims,
        },
        result('slice'),
      ],
      bin,
    );
  }
  const input = { dims: [2, 4], values: count(8) };

  it('takes what lies between its limits', async () => {
    expect(
      (
        await run(
          network(
            [
              [0, 1],
              [1, 3],
              [1, 1],
            ],
            {},
            [1, 2],
          ),
          { input },
        )
      ).values,
    ).toEqual([2, 3]);
  });

  it('goes to the edge where a mask says so', async () => {
    const ir = network(
      [
        [1, 1],
        [2, 2],
        [1, 1],
      ],
      { begin_mask: '1, 0', end_mask: '0, 1' },
      [2, 3],
    );
    expect((await run(ir, { input })).values).toEqual([2, 3, 4, 6, 7, 8]);
  });

  it('goes backwards to the edge', async () => {
    const ir = network(
      [
        [0, 0],
        [1, 0],
        [1, -2],
      ],
      { begin_mask: '0, 1', end_mask: '0, 1' },
      [1, 2],
    );
    expect((await run(ir, { input })).values).toEqual([4, 2]);
  });

  it('that would change the number of axes is refused', () => {
    const ir = network(
      [
        [0, 1],
        [1, 3],
        [1, 1],
      ],
      { shrink_axis_mask: '1, 0' },
      [2],
    );
    expect(() => convert(ir)).toThrow(
      "The layer 'slice' (StridedSlice) uses shrink_axis_mask, which is not supported",
    );
  });
});

describe('a shape that is computed from a shape', () => {
  it('follows the input', async () => {
    const bin = new TinyBin();
    const ir = tinyIr(
      [
        parameter('input', [-1, 6]),
        {
          name: 'shape',
          type: 'ShapeOf',
          opset: 'opset3',
          data: { output_type: 'i64' },
          inputs: ['input'],
          dims: [2],
        },
        bin.ints('halves', [2, 2]),
        { name: 'half', type: 'Divide', inputs: ['shape', 'halves'], dims: [2] },
        bin.ints('rest', [-1]),
        { name: 'target', type: 'Concat', data: { axis: '0' }, inputs: ['half', 'rest'], dims: [3] },
        {
          name: 'reshape',
          type: 'Reshape',
          data: { special_zero: 'true' },
          inputs: ['input', 'target'],
          dims: [-1, 3, 4],
        },
        result('reshape'),
      ],
      bin,
    );
    expect((await run(ir, { input: { dims: [2, 6], values: count(12) } })).dims).toEqual([1, 3, 4]);
    expect((await run(ir, { input: { dims: [4, 6], values: count(24) } })).dims).toEqual([2, 3, 4]);
  });

  it('may be of 32 bits', async () => {
    const ir = tinyIr([
      parameter('input', [2, 3]),
      parameter('like', [3, 2]),
      {
        name: 'shape',
        type: 'ShapeOf',
        opset: 'opset3',
        data: { output_type: 'i32' },
        inputs: ['like'],
        dims: [2],
      },
      {
        name: 'reshape',
        type: 'Reshape',
        data: { special_zero: 'false' },
        inputs: ['input', 'shape'],
        dims: [3, 2],
      },
      result('reshape'),
    ]);
    const feeds = { input: { dims: [2, 3], values: count(6) }, like: { dims: [3, 2], values: count(6) } };
    expect(await run(ir, feeds)).toEqual({ dims: [3, 2], values: count(6) });
  });
});

describe('Reshape', () => {
  it('copies a size for a zero when it is told to', async () => {
    const bin = new TinyBin();
    const ir = tinyIr(
      [
        parameter('input', [2, 3, 2]),
        bin.ints('target', [0, -1]),
        {
          name: 'reshape',
          type: 'Reshape',
          data: { special_zero: 'true' },
          inputs: ['input', 'target'],
          dims: [2, 6],
        },
        result('reshape'),
      ],
      bin,
    );
    expect((await run(ir, { input: { dims: [2, 3, 2], values: count(12) } })).dims).toEqual([2, 6]);
  });
});

describe('Reshape to a size of zero', () => {
  const network = (special: string) => {
    const bin = new TinyBin();
    return tinyIr(
      [
        parameter('input', [-1, 3]),
        bin.ints('target', [3, 0]),
        {
          name: 'reshape',
          type: 'Reshape',
          data: { special_zero: special },
          inputs: ['input', 'target'],
          dims: [3, -1],
        },
        result('reshape'),
      ],
      bin,
    );
  };

  it('makes something empty where a zero stands for itself', async () => {
    const { dims } = await run(network('false'), { input: { dims: [0, 3], values: [] } });
    expect(dims).toEqual([3, 0]);
  });

  it('copies the size of the input where it is special', async () => {
    const { dims } = await run(network('true'), { input: { dims: [3, 3], values: count(9) } });
    expect(dims).toEqual([3, 3]);
  });
});

describe('axes', () => {
  const bin = new TinyBin();
  const axis = bin.constant('axis', 'i32', [], Int32Array.of(1));
  const order = bin.ints('order', [1, 0]);

  it.each([
    ['Unsqueeze', axis, [2, 3], [2, 1, 3], count(6)],
    ['Squeeze', axis, [2, 1, 3], [2, 3], count(6)],
    ['Transpose', order, [2, 3], [3, 2], [1, 4, 2, 5, 3, 6]],
  ] as [string, TinyLayer, number[], number[], number[]][])(
    'are changed by %s',
    async (type, axes, from, to, values) => {
      const ir = tinyIr(
        [
          parameter('input', from),
          axes,
          { name: 'op', type, inputs: ['input', axes.name], dims: to },
          result('op'),
        ],
        bin,
      );
      expect(await run(ir, { input: { dims: from, values: count(6) } })).toEqual({ dims: to, values });
    },
  );

  it('that are computed cannot order others', () => {
    const ir = tinyIr([
      parameter('input', [2, 3]),
      parameter('order', [2], 'i64'),
      { name: 'op', type: 'Transpose', inputs: ['input', 'order'], dims: [3, 2] },
      result('op'),
    ]);
    expect(() => convert(ir)).toThrow(
      "The layer 'op' (Transpose) computes its order of axes, and only constant ones are supported",
    );
  });
});

describe('Interpolate', () => {
  function network(data: Record<string, string>, axes: number[] = [2, 3]): TinyIr {
    const bin = new TinyBin();
    return tinyIr(
      [
        parameter('input', [1, 1, 1, 2]),
        bin.ints('sizes', [1, 4]),
        bin.floats('scales', [2], [1, 2]),
        bin.ints('axes', axes),
        {
          name: 'resize',
          type: 'Interpolate',
          opset: 'opset4',
          data,
          inputs: ['input', 'sizes', 'scales', 'axes'],
          dims: [1, 1, 1, 4],
        },
        result('resize'),
      ],
      bin,
    );
  }
  const input = { dims: [1, 1, 1, 2], values: [0, 3] };

  it.each([
    ['align_corners', 'sizes', [0, 1, 2, 3]],
    ['align_corners', 'scales', [0, 1, 2, 3]],
    ['half_pixel', 'sizes', [0, 0.75, 2.25, 3]],
    ['asymmetric', 'sizes', [0, 1.5, 3, 3]],
  ])('with %s by %s gives the values between', async (coordinates, shape, expected) => {
    const ir = network({
      mode: 'linear_onnx',
      coordinate_transformation_mode: coordinates,
      shape_calculation_mode: shape,
    });
    const { values } = await run(ir, { input });
    expected.forEach((value, index) => expect(values[index]).toBeCloseTo(value, 5));
  });

  it('of axes in the middle is refused', () => {
    const ir = network({ mode: 'linear_onnx', shape_calculation_mode: 'sizes' }, [1, 2]);
    expect(() => convert(ir)).toThrow(
      "The layer 'resize' (Interpolate) resizes axes 1, 2 of 4; only the last ones in order are supported",
    );
  });

  it('in a mode that is not known is refused', () => {
    const ir = network({ mode: 'bilinear_pillow', shape_calculation_mode: 'sizes' });
    expect(() => convert(ir)).toThrow(
      "Expected attribute mode of layer 'resize' (Interpolate) to be linear_onnx or nearest or cubic, and it is 'bilinear_pillow'",
    );
  });
});
