import { CodedError } from '../errors.js';
import { bytesInWords } from '../size-words.js';

export function tooManyBytes(maxBytes: number): CodedError {
  return new CodedError(
    'IMAGE_TOO_LARGE',
    `The image file has more than ${bytesInWords(maxBytes, Math.floor)}, the most that is accepted. Send a smaller one.`,
    { facts: { maxBytes } },
  );
}
