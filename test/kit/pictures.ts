/** Pictures that tests make for themselves, and ways to compare them. */
import sharp, { type Sharp } from 'sharp';
import type { Colour } from '../../src/imaging/colour.js';
import type { Picture, Size } from '../../src/imaging/picture.js';

/** Numbers from 0 to below 1: the same ones for the same seed, so that a failure can be seen again. */
export function randomNumbers(seed: number): () => number {
  // mulberry32, by Tommy Ettinger (public domain).
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `least` to `most`, both included. */
export function between(random: () => number, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1));
}

/** One colour everywhere. */
export function flat({ width, height }: Size, colour: Colour): Picture {
  const pixels = new Uint8Array(width * height * 3);
  for (let start = 0; start < pixels.length; start += 3) pixels.set(colour, start);
  return { width, height, channels: 3, pixels };
}

/** Every value drawn by itself: the hardest picture for whatever must not depend on a pixel's neighbours. */
export function noise({ width, height }: Size, seed: number): Picture {
  const random = randomNumbers(seed);
  const pixels = Uint8Array.from({ length: width * height * 3 }, () => between(random, 0, 255));
  return { width, height, channels: 3, pixels };
}

/** Soft slopes crossed by hard edges: something like a photo, which JPEG keeps and networks look at. */
export function scene({ width, height }: Size): Picture {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [across, down] = [x / width, y / height];
      const disc = Math.hypot(across - 0.6, down - 0.4) < 0.25 ? 90 : 0;
      const stripe = Math.floor(across * 12) % 3 === 0 ? 40 : 0;
      const colour = [
        60 + 120 * across + stripe,
        200 - 130 * down + disc / 2,
        40 + 70 * (across + down) + disc,
      ];
      pixels.set(
        colour.map((value) => Math.min(255, Math.round(value))),
        (y * width + x) * 3,
      );
    }
  }
  return { width, height, channels: 3, pixels };
}

/** A map of classes 0..classes-1, each pixel's drawn by itself. */
export function randomMap({ width, height }: Size, classes: number, seed: number): Picture {
  const random = randomNumbers(seed);
  const pixels = Uint8Array.from({ length: width * height }, () => between(random, 0, classes - 1));
  return { width, height, channels: 1, pixels };
}

/** The start of an image file: call `.jpeg().toBuffer()` or the like on it. */
export function asSharp({ pixels, width, height, channels }: Picture): Sharp {
  return sharp(pixels, { raw: { width, height, channels } });
}

/** A picture as a JPEG file of high quality, colours at full resolution. */
export function jpegOf(picture: Picture): Promise<Buffer> {
  return asSharp(picture).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
}

/** A picture as a PNG file. */
export function pngOf(picture: Picture): Promise<Buffer> {
  return asSharp(picture).png().toBuffer();
}

/** A pixel's values, one for each channel. */
export function pixelAt({ pixels, width, channels }: Picture, x: number, y: number): number[] {
  const start = (y * width + x) * channels;
  return Array.from(pixels.subarray(start, start + channels));
}

/** The largest difference between values in the same place; infinite when there are not equally many. */
export function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let max = 0;
  for (let index = 0; index < a.length; index += 1) {
    const difference = Math.abs((a[index] ?? NaN) - (b[index] ?? NaN));
    // Written so that NaN counts as a difference.
    if (!(difference <= max)) max = Number.isNaN(difference) ? Infinity : difference;
  }
  return max;
}

/** Mean of the differences between values in the same place. */
export function meanDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += Math.abs((a[index] ?? NaN) - (b[index] ?? NaN));
  return sum / a.length;
}
