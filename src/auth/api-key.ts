import { createHash, randomBytes } from 'node:crypto';

/** Tells people, and tools that look for leaked secrets, what such a text is. */
const PREFIX = 'okulo_';
const RANDOM_BYTES = 32;

/** A new key: 256 random bits, which nobody can guess. */
export function newApiKey(): string {
  return `${PREFIX}${randomBytes(RANDOM_BYTES).toString('base64url')}`;
}

/** What is kept of a key. One fast hash is enough: there is nothing in 256 random bits for a dictionary to find. */
export function digestOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
