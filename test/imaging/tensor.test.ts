import { describe, expect, it } from 'vitest';
import { floats, int64s, pixelTensor, take } from '../../src/imaging/tensor.js';

describe('tensors', () => {
  it('of whole numbers hold 64-bit values', () => {
    expect(int64s(3, 5)).toEqual({ type: 'int64', data: BigInt64Array.of(3n, 5n), dims: [2] });
  });

  it("of pixels share the picture's memory", () => {
    const pixels = new Uint8Array(2 * 3 * 3);

    const tensor = pixelTensor({ pixels, width: 2, height: 3 });

    expect(tensor.dims).toEqual([1, 3, 2, 3]);
    expect(tensor.data).toBe(pixels);
  });

  it('are taken from outputs by name and type', () => {
    const scores = floats(0.5);

    expect(take({ scores }, 'scores', 'float32')).toBe(scores);
  });

  it('of another type are refused, saying what was expected', () => {
    expect(() => take({ scores: floats(0.5) }, 'scores', 'uint8')).toThrow(
      "Expected an output 'scores' of type uint8, and the network gave float32",
    );
  });

  it('that are missing are refused', () => {
    expect(() => take({}, 'scores', 'float32')).toThrow('the network gave none');
  });
});
