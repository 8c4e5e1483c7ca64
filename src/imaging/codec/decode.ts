import type { Picture, Size } from '../picture.js';
import { openFile } from './open.js';
import { damaged } from './unreadable.js';

/** @see https://www.w3.org/TR/png-3/#7Integers-and-byte-order : values of 0..255, so white for transparent parts */
const WHITE = { r: 255, g: 255, b: 255 };

let decoded = 0;

/** How many decodes of image files this thread has made so far: what proves that a request costs one for each scale. */
export function filesDecoded(): number {
  return decoded;
}

/**
 * Decodes an image once: the first frame, turned as displayed, flattened on white, 8-bit RGB. Decoding to a
 * smaller size is much cheaper for a JPEG than decoding all of it, and never reads more memory than it needs.
 * @param size what the whole picture is scaled to
 * @throws CodedError BAD_IMAGE when the file is damaged, cut off, or of a kind that is not read
 */
export async function decode(bytes: Uint8Array, size: Size): Promise<Picture> {
  decoded += 1;
  try {
    const file = await openFile(bytes);
    const { data, info } = await file
      .resize(size.width, size.height, { fit: 'fill' })
      .flatten({ background: WHITE })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return {
      width: info.width,
      height: info.height,
      channels: 3,
      pixels: info.channels === 3 ? data : tripled(data),
    };
  } catch (cause) {
    throw damaged(cause);
  }
}

function tripled(grey: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(grey.length * 3);
  grey.forEach((value, index) => pixels.fill(value, index * 3, index * 3 + 3));
  return pixels;
}
