import { CodedError, shortened } from '../errors.js';

/** The one sentence for every address inside: it must not tell which addresses a name has. */
export function notPublic(host: string): CodedError {
  return new CodedError(
    'URL_FORBIDDEN',
    `${shortened(host)} resolves to an address that is not public. Give an address on the public internet, ` +
      'or send the image itself by upload or base64.',
  );
}
