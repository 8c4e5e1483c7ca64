import { CodedError } from '../../errors.js';

export const ACCEPTED_FORMATS = 'JPEG, PNG, WebP, AVIF, TIFF, GIF or BMP';

/** What to do with a picture that is whole, and of a kind that another program has to convert. */
export const CONVERT = 'Convert it to an 8-bit RGB JPEG or PNG and send that.';

/**
 * Refuses a file that is intact and of a kind that is not read, so that nobody looks for damage.
 * @param what the kind with its article: `a HEIC picture`
 * @param advice a sentence: what to do instead
 */
export function notRead(what: string, advice = CONVERT): CodedError {
  return new CodedError(
    'BAD_IMAGE',
    `The image cannot be read: it is ${what}. Expected ${ACCEPTED_FORMATS}. ${advice}`,
  );
}

/**
 * Says that a file of an accepted format is damaged.
 * @param cause the decoder's own words, which speak of its own insides: for the log
 */
export function damaged(cause: unknown): CodedError {
  if (cause instanceof CodedError) return cause;
  return new CodedError(
    'BAD_IMAGE',
    `The image cannot be read: it is damaged or was cut off. Expected a whole ${ACCEPTED_FORMATS} file; check that it opens elsewhere.`,
    { cause },
  );
}
