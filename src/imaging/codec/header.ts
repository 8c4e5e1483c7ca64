import { CodedError } from '../../errors.js';
import type { ImageHeader } from '../picture.js';
import { sharp } from './sharp.js';
import { ACCEPTED_FORMATS, asImageError } from './unreadable.js';

/**
 * Reads an image's header; no pixel is decoded.
 * @param limits `maxPixels`: width times height above which an image is refused
 * @returns the size as displayed, after the EXIF orientation
 * @throws CodedError BAD_IMAGE or IMAGE_TOO_LARGE
 */
export async function readHeader(bytes: Uint8Array, limits: { maxPixels: number }): Promise<ImageHeader> {
  if (bytes.byteLength === 0) {
    throw new CodedError(
      'BAD_IMAGE',
      `Expected an image file (${ACCEPTED_FORMATS}), and nothing came: it has 0 bytes.`,
    );
  }
  // The pixel limit is checked here rather than by sharp, so that the message can tell the image's own size.
  const metadata = await sharp(bytes, { limitInputPixels: false, failOn: 'error' })
    .metadata()
    .catch((cause: unknown) => Promise.reject(asImageError(cause)));
  const { width, height } = metadata.autoOrient;
  if (width * height > limits.maxPixels) {
    throw new CodedError(
      'IMAGE_TOO_LARGE',
      `The image is ${width}x${height} pixels, and at most ${limits.maxPixels} in all are accepted. Send a smaller one.`,
      { facts: { maxPixels: limits.maxPixels, width, height } },
    );
  }
  return { width, height, format: metadata.format === 'heif' ? 'avif' : metadata.format };
}
