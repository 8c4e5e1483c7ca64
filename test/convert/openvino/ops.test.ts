import { describe, expect, it } from 'vitest';
import { decodeModel } from '../../../src/convert/onnx/model.js';
import { convert, parameter, result, run, TinyBin, tinyIr, type TinyIr, type TinyLayer } from './tiny-ir.js';

const explicit = {
  auto_pad: 'explicit',
  pads_begin: '0, 0',
  pads_end: '0, 0',
  strides: '1, 1',
  dilations: '1, 1',
};

function opsOf(ir: TinyIr): string[] {
  return decodeModel(convert(ir)).graph.node.map(({ op_type: op }) => op);
}

const count = (length: number): number[] => Array.from({ length }, (_, index) => index + 1);

describe('a convolution', () => {
  const dims = [1, 2, 1, 3];
  const input = { dims, values: count(6) };

  function network(biasDims: number[], extra: TinyLayer[] = [], group = false): TinyIr {
    const bin = new TinyBin();
    const filters = group ? [2, 1, 1, 1, 1] : [2, 2, 1, 1];
    return tinyIr(
      [
        parameter('input', dims),
        bin.floats('filters', filters, group ? [10, 100] : [1, 0, 0, 100]),
        bin.floats('bias', biasDims, biasDims.join() === '1,2,1,1' ? [0.5, 0.25] : [0.5]),
        {
          name: 'conv',
          type: group ? 'GroupConvolution' : 'Convolution',
          data: explicit,
          inputs: ['input', 'filters'],
          dims,
        },
        { name: 'sum', type: 'Add', inputs: ['bias', 'conv'], dims },
        ...extra,
        result('sum'),
      ],
      bin,
    );
  }

  it('takes the constant behind it as its bias', async () => {
    const ir = network([1, 2, 1, 1]);
    expect(opsOf(ir)).toEqual(['Conv']);
    expect((await run(ir, { input })).values).toEqual([1.5, 2.5, 3.5, 400.25, 500.25, 600.25]);
  });

  it('leaves a constant that is not one per channel where it is', async () => {
    const ir = network([1, 1, 1, 1]);
    expect(opsOf(ir)).toEqual(['Conv', 'Add']);
    expect((await run(ir, { input })).values).toEqual([1.5, 2.5, 3.5, 400.5, 500.5, 600.5]);
  });

  it('takes no bias where its own result is used as well', () => {
    const ir = network(
      [1, 2, 1, 1],
      [{ name: 'relu', type: 'ReLU', inputs: ['conv'], dims }, result('relu')],
    );
    expect(opsOf(ir)).toEqual(['Conv', 'Add', 'Relu']);
  });

  it('in groups has each group see its own channels', async () => {
    const ir = network([1, 2, 1, 1], [], true);
    expect((await run(ir, { input })).values).toEqual([10.5, 20.5, 30.5, 400.25, 500.25, 600.25]);
  });

  it('pads so that the output keeps the size over the stride', async () => {
    const bin = new TinyBin();
    const ir = tinyIr(
      [
        parameter('input', [1, 1, 1, 4]),
        bin.floats('filters', [1, 1, 1, 3], [1, 1, 1]),
        {
          name: 'conv',
          type: 'Convolution',
          data: { ...explicit, auto_pad: 'same_upper', strides: '1, 2' },
          inputs: ['input', 'filters'],
          dims: [1, 1, 1, 2],
        },
        result('conv'),
      ],
      bin,
    );
    expect(await run(ir, { input: { dims: [1, 1, 1, 4], values: [1, 2, 3, 4] } })).toEqual({
      dims: [1, 1, 1, 2],
      values: [6, 7],
    });
  });
});

describe('an average', () => {
  function network(width: number, data: Record<string, string>): TinyIr {
    return tinyIr([
      parameter('input', [1, 1, 1, width]),
      {
        name: 'pool',
        type: 'AvgPool',
        data: { ...data, kernel: '1, 2', strides: '1, 2', auto_pad: 'explicit' },
        inputs: ['input'],
        dims: [1, 1, 1, 2],
      },
      result('pool'),
    ]);
  }
  const padded = { pads_begin: '0, 1', pads_end: '0, 1', rounding_type: 'floor' };
  const input = { dims: [1, 1, 1, 2], values: [4, 6] };

  it('counts the padding when it is told to', async () => {
    const ir = network(2, { ...padded, 'exclude-pad': 'false' });
    expect((await run(ir, { input })).values).toEqual([2, 3]);
  });

  it('leaves the padding out when it is told to', async () => {
    const ir = network(2, { ...padded, 'exclude-pad': 'true' });
    expect((await run(ir, { input })).values).toEqual([4, 6]);
  });

  it('over windows that hang over the edge is refused', () => {
    const data = { pads_begin: '0, 0', pads_end: '0, 0', rounding_type: 'ceil', 'exclude-pad': 'false' };
    expect(() => convert(network(3, data))).toThrow(
      "The layer 'pool' (AvgPool) averages over windows that hang over the edge, which is not supported",
    );
  });
});

describe('a function of each value', () => {
  it.each([
    ['ReLU', 'opset1', {}, [0, 0, 1, 8]],
    ['Clamp', 'opset1', { min: '-1', max: '6' }, [-1, 0, 1, 6]],
    ['HSwish', 'opset4', {}, [0, 0, 4 / 6, 8]],
    ['Sigmoid', 'opset1', {}, [1 / (1 + Math.exp(4)), 0.5, 1 / (1 + Math.exp(-1)), 1 / (1 + Math.exp(-8))]],
  ] as const)('%s is computed', async (type, opset, data, expected) => {
    const ir = tinyIr([
      parameter('input', [4]),
      { name: 'op', type, opset, data, inputs: ['input'], dims: [4] },
      result('op'),
    ]);
    const { values } = await run(ir, { input: { dims: [4], values: [-4, 0, 1, 8] } });
    expected.forEach((value, index) => expect(values[index]).toBeCloseTo(value, 5));
  });
});

describe('FakeQuantize', () => {
  function network(ranges: readonly number[][], levels: number): TinyIr {
    const bin = new TinyBin();
    const names = ['low', 'high', 'out-low', 'out-high'];
    return tinyIr(
      [
        parameter('input', [1, 2, 3]),
        ...names.map((name, index) =>
          bin.floats(name, (ranges[index]?.length ?? 1) > 1 ? [1, 2, 1] : [], ranges[index] ?? []),
        ),
        {
          name: 'fq',
          type: 'FakeQuantize',
          data: { levels: String(levels) },
          inputs: ['input', ...names],
          dims: [1, 2, 3],
        },
        result('fq'),
      ],
      bin,
    );
  }
  const input = { dims: [1, 2, 3], values: [-300, -1.4, -0.4, 0.6, 1.2, 300] };

  it('of 8 bits becomes a pair that the runtime knows', async () => {
    const ir = network([[-128], [127], [-128], [127]], 256);
    expect(opsOf(ir)).toEqual(['QuantizeLinear', 'DequantizeLinear']);
    expect((await run(ir, { input })).values).toEqual([-128, -1, 0, 1, 1, 127]);
  });

  it.each([
    ['of other levels', [[-1], [1], [-1], [1]], 3, [-1, -1, 0, 1, 1, 1]],
    ['into another range', [[-128], [127], [0], [510]], 256, [0, 254, 256, 258, 258, 510]],
    [
      'with a range per channel',
      [
        [-1, 0],
        [1, 2],
        [-1, 0],
        [1, 2],
      ],
      3,
      [-1, -1, 0, 1, 1, 2],
    ],
    ['of a range above zero', [[0.5], [3.05], [0.5], [3.05]], 256, [0.5, 0.5, 0.5, 0.6, 1.2, 3.05]],
    ['of a range below zero', [[-3.05], [-0.5], [-3.05], [-0.5]], 256, [-3.05, -1.4, -0.5, -0.5, -0.5, -0.5]],
    ['with a zero between two steps', [[-1], [1], [-1], [1]], 256, [-1, -1, -0.40392, 0.6, 1, 1]],
  ] as const)('%s is computed by its formula', async (_, ranges, levels, expected) => {
    const ir = network(
      ranges.map((range) => [...range]),
      levels,
    );
    expect(opsOf(ir)).not.toContain('QuantizeLinear');
    const { values } = await run(ir, { input });
    expected.forEach((value, index) => expect(values[index]).toBeCloseTo(value, 4));
  });

  it('with an empty range is refused', () => {
    expect(() => convert(network([[1], [1], [0], [1]], 256))).toThrow(
      "The layer 'fq' (FakeQuantize) has a range that is empty",
    );
  });
});
