import { MEDIA_TYPES, type EncodedImage, type Size } from '../imaging/picture.js';
import type { Published, Publisher } from './publisher.js';
import { CodedError } from '../errors.js';
import { bytesInWords } from '../size-words.js';

/** An image that the service made or keeps. Its bytes and its address come only when they are asked for. */
export interface ImageFile extends Size {
  /** Like image/png. */
  readonly mediaType: string;
  readonly byteLength: number;
  published(): Promise<Published>;
  bytes(): Promise<Uint8Array>;
}

/** An image that has just been made: stored when its address is asked for, and only once. */
export function freshImage(image: EncodedImage, publisher: Publisher): ImageFile {
  let published: Promise<Published> | undefined;
  return {
    width: image.width,
    height: image.height,
    mediaType: MEDIA_TYPES[image.format],
    byteLength: image.bytes.byteLength,
    bytes: () => Promise.resolve(image.bytes),
    published: () => (published ??= publisher.publish(image)),
  };
}

export function tooManyBytes(maxBytes: number): CodedError {
  return new CodedError(
    'IMAGE_TOO_LARGE',
    `The image file has more than ${bytesInWords(maxBytes, Math.floor)}, the most that is accepted. Send a smaller one.`,
    { facts: { maxBytes } },
  );
}
