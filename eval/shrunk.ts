import sharp from 'sharp';
import type { Size } from '../src/imaging/picture.js';
import { lumaOf } from './psnr.js';

/** A PNG file and the picture's size. */
export interface Png {
  readonly png: Uint8Array;
  readonly size: Size;
}

/** A picture made smaller, and what it has to become again. */
export interface Shrunk {
  readonly small: Png;
  readonly scale: number;
  /** Of the picture as it was. */
  readonly size: Size;
  readonly truth: Float64Array;
}

/** Shrinks a picture by antialiased bicubic interpolation; first it loses what its sides have beyond a multiple of the scale. */
export async function shrunk(file: Uint8Array, scale: number): Promise<Shrunk> {
  const whole = await sharp(file).metadata();
  const small = { width: Math.floor(whole.width / scale), height: Math.floor(whole.height / scale) };
  const size = { width: small.width * scale, height: small.height * scale };
  const original = await sharp(file)
    .extract({ left: 0, top: 0, ...size })
    .removeAlpha()
    .png()
    .toBuffer();
  const png = await sharp(original)
    .resize(small.width, small.height, { kernel: 'cubic', fit: 'fill' })
    .png()
    .toBuffer();
  return { small: { png, size: small }, scale, size, truth: await lumaOf(original) };
}
