import { decode } from '../../imaging/codec/decode.js';
import { encode } from '../../imaging/codec/encode.js';
import type { EncodedImage, Size } from '../../imaging/picture.js';

/** The longest side of a thumbnail, in pixels. */
const LONGEST_SIDE = 256;

/** A picture's size as a thumbnail; small pictures keep theirs. */
export function thumbnailSize({ width, height }: Size): Size {
  const zoom = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * zoom)),
    height: Math.max(1, Math.round(height * zoom)),
  };
}

/**
 * Makes a picture small, to be recognised by in a list; transparent parts are white.
 * @param bytes an image file
 * @param size see `thumbnailSize`
 * @throws CodedError BAD_IMAGE
 */
export async function thumbnail(bytes: Uint8Array, size: Size): Promise<EncodedImage> {
  return encode(await decode(bytes, size), 'WEBP');
}
