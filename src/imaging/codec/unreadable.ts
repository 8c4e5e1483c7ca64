import { CodedError, messageOf } from '../../errors.js';

export const ACCEPTED_FORMATS = 'JPEG, PNG, WebP, AVIF, TIFF or GIF';

/** Says in the service's own words why an image file can not be read. */
export function asImageError(cause: unknown): CodedError {
  if (cause instanceof CodedError) return cause;
  // The decoders' own words speak of their own insides; the log has them.
  const reason = messageOf(cause).includes('unsupported image format')
    ? 'it is of another kind'
    : 'it is damaged or was cut off';
  return new CodedError(
    'BAD_IMAGE',
    `The image can not be read (${reason}). Expected a whole ${ACCEPTED_FORMATS} file; check that it opens elsewhere.`,
    { cause },
  );
}
