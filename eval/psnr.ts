import sharp from 'sharp';
import type { Size } from '../src/imaging/picture.js';

/** BT.601 luma, 16..235, as the papers on super resolution count it; one value a pixel. */
export async function lumaOf(file: Uint8Array): Promise<Float64Array> {
  const pixels = await sharp(file).toColourspace('srgb').removeAlpha().raw().toBuffer();
  const at = (index: number) => pixels[index] ?? 0;
  return Float64Array.from(
    { length: pixels.length / 3 },
    (_, index) =>
      16 + (65.481 * at(index * 3) + 128.553 * at(index * 3 + 1) + 24.966 * at(index * 3 + 2)) / 255,
  );
}

/**
 * Peak signal-to-noise ratio of two pictures of the same size, for a peak of 255.
 * @param border how many pixels at every edge do not count
 * @returns dB; infinite where they are equal
 */
export function psnr(a: Float64Array, b: Float64Array, { width, height }: Size, border: number): number {
  let sum = 0;
  let count = 0;
  for (let y = border; y < height - border; y += 1) {
    for (let x = border; x < width - border; x += 1) {
      const difference = (a[y * width + x] ?? 0) - (b[y * width + x] ?? 0);
      sum += difference * difference;
      count += 1;
    }
  }
  return 10 * Math.log10((255 * 255 * count) / sum);
}
