import type { EncodedImage } from '../../imaging/picture.js';

/** The file of an image that was asked for. */
export function inBase64(image: EncodedImage | undefined): string {
  if (image === undefined) throw new Error('Expected an image that the plan has ordered');
  const { buffer, byteOffset, byteLength } = image.bytes;
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
