import { CodedError } from '../errors.js';

export function tooManyBytes(maxBytes: number): CodedError {
  return new CodedError(
    'IMAGE_TOO_LARGE',
    `The image file has more than ${maxBytes} bytes, the most that are accepted. Send a smaller one.`,
    { facts: { maxBytes } },
  );
}
