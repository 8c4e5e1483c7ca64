import sharp, { type Sharp } from 'sharp';
import type { File } from './graphql-client.js';

export interface PictureOptions {
  readonly width?: number;
  readonly height?: number;
  /** Another number makes another picture. */
  readonly seed?: number;
}

/** A colourful picture with soft and hard edges, as PNG. */
export async function picture(options: PictureOptions = {}): Promise<Buffer> {
  return pictureOf(options).png().toBuffer();
}

/** The same, to be encoded otherwise. */
export function pictureOf({ width = 160, height = 120, seed = 1 }: PictureOptions = {}): Sharp {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const wave = 127 + 90 * Math.sin((x + seed * 7) / 9) * Math.cos((y - seed * 5) / 11);
      const block = ((x >> 4) + (y >> 4) + seed) % 3 === 0 ? 60 : 0;
      const at = (y * width + x) * 3;
      pixels[at] = wave;
      pixels[at + 1] = Math.max(0, wave - block);
      pixels[at + 2] = (255 * (x + y)) / (width + height);
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** As an image input by base64. */
export function inBase64(bytes: Uint8Array): { base64: string } {
  return { base64: Buffer.from(bytes).toString('base64') };
}

export function pngFile(bytes: Uint8Array, name = 'picture.png'): File {
  return { bytes, name, type: 'image/png' };
}
