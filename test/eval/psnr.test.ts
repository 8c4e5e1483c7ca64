import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { lumaOf, psnr } from '../../eval/psnr.js';

const png = (r: number, g: number, b: number) =>
  sharp({ create: { width: 3, height: 2, channels: 3, background: { r, g, b } } })
    .png()
    .toBuffer();

describe('luma', () => {
  it.each([
    ['black', [0, 0, 0], 16],
    ['white', [255, 255, 255], 235],
    ['red', [255, 0, 0], 81.481],
    ['green', [0, 255, 0], 144.553],
    ['blue', [0, 0, 255], 40.966],
  ] as const)('of %s is that of BT.601', async (_name, [r, g, b], expected) => {
    const luma = await lumaOf(await png(r, g, b));
    expect(luma).toHaveLength(6);
    for (const value of luma) expect(value).toBeCloseTo(expected, 10);
  });

  it('of a grey picture with transparency is that of its grey', async () => {
    const grey = await sharp(Buffer.of(51, 255, 204, 0), { raw: { width: 2, height: 1, channels: 2 } })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    const [dark, bright] = await lumaOf(grey);
    expect(dark).toBeCloseTo(16 + 219 * 0.2, 10);
    expect(bright).toBeCloseTo(16 + 219 * 0.8, 10);
  });

  it('of what is no picture is refused', async () => {
    await expect(lumaOf(Buffer.from('no picture'))).rejects.toThrow(/unsupported image format/);
  });
});

describe('PSNR', () => {
  const flat = (value: number) => new Float64Array(36).fill(value);
  const size = { width: 6, height: 6 };

  it.each([
    [1, 48.1308],
    [10, 28.1308],
    [255, 0],
  ])('of pictures that differ by %d everywhere is %d dB', (difference, expected) => {
    expect(psnr(flat(0), flat(difference), size, 0)).toBeCloseTo(expected, 4);
  });

  it('of equal pictures is infinite', () => {
    expect(psnr(flat(80), flat(80), size, 2)).toBe(Number.POSITIVE_INFINITY);
  });

  it('does not count the border, and counts what is just inside', () => {
    const [edge, inside] = [flat(80), flat(80)];
    edge[1 * 6 + 3] = 0;
    inside[2 * 6 + 2] = 0;
    expect(psnr(edge, flat(80), size, 2)).toBe(Number.POSITIVE_INFINITY);
    expect(psnr(inside, flat(80), size, 2)).toBeCloseTo(10 * Math.log10((255 ** 2 * 4) / 80 ** 2), 10);
  });
});
