import { createHmac, timingSafeEqual } from 'node:crypto';
import { assertObjectKey, isObjectKey } from './keys.js';

/** The query of an address as any parser gives it; whatever is not one plain text counts as forged. */
interface SignedQuery {
  readonly expires?: unknown;
  /** What the file is saved as; not in every address. */
  readonly name?: unknown;
  readonly signature?: unknown;
}

type SignatureCheck = 'valid' | 'expired' | 'forged';

export interface Signer {
  /**
   * @param expiresAt rounded down to the second
   * @param fileName what the file is saved as, if not as its key says
   * @returns path and query, `/files/<key>?expires=<Unix time, s>&signature=<base64url>[&name=<file name>]`
   */
  sign(key: string, expiresAt: Date, fileName?: string): string;
  /** Says `expired` only of addresses that this secret signed. */
  verify(key: string, query: SignedQuery): SignatureCheck;
}

const MIN_SECRET_BYTES = 16;
// Exactly as `sign` writes it, so that each address has one spelling.
const EXPIRES = /^(0|[1-9][0-9]{0,12})$/;

/**
 * Signs and checks the addresses of stored files: HMAC-SHA256 over key and expiry, compared in constant time.
 *
 * @param secret the same in every process of the service, at least 16 bytes
 * @throws RangeError when the secret is shorter
 */
export function createSigner(secret: Uint8Array | string): Signer {
  const length = Buffer.byteLength(secret);
  if (length < MIN_SECRET_BYTES) {
    throw new RangeError(
      `The secret for signed addresses has ${length} bytes; at least ${MIN_SECRET_BYTES} are needed.`,
    );
  }

  // The line break cannot occur in a key or a number, so no two pairs share a text.
  const signatureOf = (key: string, expires: string, name?: string): string =>
    createHmac('sha256', secret)
      .update(['files', key, expires, ...(name === undefined ? [] : [name])].join('\n'))
      .digest('base64url');

  return {
    sign(key, expiresAt, fileName) {
      assertObjectKey(key);
      const seconds = Math.floor(expiresAt.getTime() / 1000);
      const expires = String(seconds);
      if (!EXPIRES.test(expires))
        throw new RangeError(`Not a time that an address can expire at: ${expires}.`);
      const named = fileName === undefined ? '' : `&name=${encodeURIComponent(fileName)}`;
      return `/files/${key}?expires=${expires}&signature=${signatureOf(key, expires, fileName)}${named}`;
    },

    verify(key, { expires, name, signature }) {
      if (!isObjectKey(key) || typeof expires !== 'string' || typeof signature !== 'string') return 'forged';
      if (!EXPIRES.test(expires) || (name !== undefined && typeof name !== 'string')) return 'forged';
      const expected = Buffer.from(signatureOf(key, expires, name));
      const given = Buffer.from(signature);
      if (expected.length !== given.length || !timingSafeEqual(expected, given)) return 'forged';
      return Date.now() < Number(expires) * 1000 ? 'valid' : 'expired';
    },
  };
}
