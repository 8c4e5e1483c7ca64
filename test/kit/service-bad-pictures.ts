import { deflateSync } from 'node:zlib';
import { pngChunk } from './png-chunk.js';
import { pictureOf } from './service-pictures.js';

/** A PNG of one colour: 400 million pixels in some 50 kilobytes. */
export function hugePng(edge = 20_000): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(edge, 0);
  header.writeUInt32BE(edge, 4);
  // One bit a pixel, greyscale; the rest are the only values there are.
  header.writeUInt8(1, 8);
  const row = 1 + Math.ceil(edge / 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(edge * row))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A photograph whose second half did not come. */
export async function truncatedJpeg(): Promise<Buffer> {
  const whole = await pictureOf({ width: 400, height: 300 }).jpeg().toBuffer();
  return whole.subarray(0, whole.length / 2);
}

export const SVG = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><rect width="50" height="50" fill="red"/></svg>',
);
