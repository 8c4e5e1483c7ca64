/** Small files that would cost much: refused by their headers. */
import { describe, expect, it } from 'vitest';
import { checkLimits, LONGEST_INPUT_SIDE, type DecodingCost } from '../../../src/imaging/codec/limits.js';
import { CodedError } from '../../../src/errors.js';
import { readHeader } from '../../../src/imaging/codec/header.js';
import { asSharp, flat, pngOf } from '../../kit/pictures.js';
import { LIMITS, read, refusal, SENTENCES } from './read.js';

function refused(width: number, height: number, cost: DecodingCost, maxPixels = LIMITS.maxPixels) {
  try {
    checkLimits({ width, height }, cost, maxPixels);
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
  return undefined;
}

describe('a long side', () => {
  it.each([
    { width: LONGEST_INPUT_SIDE + 1, height: 1 },
    { width: 1, height: LONGEST_INPUT_SIDE + 1 },
  ])('of $width x $height is refused with the limit', async (size) => {
    const error = await refusal(readHeader(await pngOf(flat(size, [1, 2, 3])), LIMITS));

    expect(error.code).toBe('IMAGE_TOO_LARGE');
    expect(error.message).toMatch(SENTENCES);
    expect(error.message).toContain('65535');
    expect(error.facts).toMatchObject({ ...size, maxSide: 65_535 });
  });

  it.each([
    { width: LONGEST_INPUT_SIDE, height: 1 },
    { width: 1, height: LONGEST_INPUT_SIDE },
    { width: 5000, height: 30 },
  ])('of $width x $height is accepted and read', async (size) => {
    const bytes = await pngOf(flat(size, [1, 2, 3]));

    expect(await read(bytes)).toMatchObject(size);
  });
});

describe('what a decoder holds', () => {
  it('makes the limit of AVIF lower than that of other formats', () => {
    expect(refused(7000, 7000, { format: 'png' })).toBeUndefined();
    expect(refused(4500, 4400, { format: 'avif' })).toBeUndefined();
    const error = refused(7000, 7000, { format: 'avif' });
    expect(error?.code).toBe('IMAGE_TOO_LARGE');
    expect(error?.message).toMatch(SENTENCES);
    expect(error?.facts).toEqual({ width: 7000, height: 7000, maxPixels: 20_000_000 });
  });

  it('makes it lower still with more bits a sample', async () => {
    expect(refused(4500, 4000, { format: 'avif', bits: 8 })).toBeUndefined();
    expect(refused(4500, 4000, { format: 'avif', bits: 10 })?.facts).toMatchObject({ maxPixels: 16_000_000 });
    const deep = await asSharp(flat({ width: 60, height: 30 }, [9, 9, 9]))
      .avif({ bitdepth: 12 })
      .toBuffer();
    // 1,800 pixels; of 5,000 accepted ones an AVIF may have 2,000, and one of 12 bits 1,600.
    expect((await refusal(readHeader(deep, { maxPixels: 5000 }))).facts).toMatchObject({ maxPixels: 1600 });
  });

  it('counts all samples of a TIFF', () => {
    expect(refused(7000, 7000, { format: 'tiff', pixelBytes: 8 })).toBeUndefined();
    expect(refused(7000, 7000, { format: 'tiff', pixelBytes: 12 })?.code).toBe('IMAGE_TOO_LARGE');
  });

  it('goes with what the operator allows', () => {
    expect(refused(7000, 7000, { format: 'avif' }, 200_000_000)).toBeUndefined();
  });
});
