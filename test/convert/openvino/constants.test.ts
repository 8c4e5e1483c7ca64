import { describe, expect, it } from 'vitest';
import { numbersOf } from '../../../src/convert/openvino/ir-constant.js';
import { parameter, result, run, TinyBin, tinyIr } from './tiny-ir.js';

/** What a network sees of a constant that it converts to floats. */
async function seen(type: string, values: ArrayBufferView & { length: number }): Promise<number[]> {
  const bin = new TinyBin();
  const dims = [values.length];
  const ir = tinyIr(
    [
      parameter('input', dims),
      bin.constant('constant', type, dims, values),
      { name: 'floats', type: 'Convert', data: { destination_type: 'f32' }, inputs: ['constant'], dims },
      { name: 'sum', type: 'Add', inputs: ['input', 'floats'], dims },
      result('sum'),
    ],
    bin,
  );
  return (await run(ir, { input: { dims, values: Array.from({ length: values.length }, () => 0) } })).values;
}

describe('constants', () => {
  it('of single precision are read', async () => {
    expect(await seen('f32', Float32Array.of(-1.5, 0.25))).toEqual([-1.5, 0.25]);
  });

  it('of half precision are read, denormal numbers too', async () => {
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001);
    const [one, minusTwo, third, tiny] = await seen('f16', halves);
    expect([one, minusTwo, tiny]).toEqual([1, -2, 2 ** -24]);
    expect(third).toBeCloseTo(1 / 3, 3);
  });

  it('of 64 bits are read', async () => {
    expect(await seen('i64', BigInt64Array.of(-3n, 2n ** 33n))).toEqual([-3, 2 ** 33]);
  });

  it('of 64 bits without a sign are read', async () => {
    expect(await seen('u64', BigUint64Array.of(0n, 7n))).toEqual([0, 7]);
  });

  it('of 32 bits are read', async () => {
    expect(await seen('i32', Int32Array.of(-40_000, 40_000))).toEqual([-40_000, 40_000]);
  });

  it('of 8 bits are read, with and without a sign', async () => {
    expect(await seen('i8', Int8Array.of(-128, 127))).toEqual([-128, 127]);
    expect(await seen('u8', Uint8Array.of(0, 255))).toEqual([0, 255]);
  });

  it('of truth values are read', async () => {
    expect(await seen('boolean', Uint8Array.of(1, 0))).toEqual([1, 0]);
  });

  it('of half precision need no conversion in a network of half precision', async () => {
    const bin = new TinyBin();
    const ir = tinyIr(
      [
        parameter('input', [1], 'f16'),
        bin.constant('constant', 'f16', [1], Uint16Array.of(0x3c00)),
        { name: 'sum', type: 'Add', inputs: ['input', 'constant'], dims: [1] },
        result('sum'),
      ],
      bin,
    );
    expect((await run(ir, { input: { dims: [1], values: [2] } })).values).toEqual([3]);
  });
});

describe('the numbers of a half-precision constant', () => {
  it.each([
    [0x0001, 2 ** -24],
    [0x8200, -(2 ** -15)],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x7bff, 65_504],
    [0xfc00, -Infinity],
  ])('%i is %d', (bits, expected) => {
    const bytes = new Uint8Array(Uint16Array.of(bits).buffer);
    expect(numbersOf({ type: 'f16', dims: [1], bytes })).toEqual([expected]);
  });
});
