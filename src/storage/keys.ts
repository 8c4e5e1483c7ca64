import { extname } from 'node:path';

const MAX_KEY_LENGTH = 200;
// A segment never starts with a dot, so `.`, `..` and hidden files of the store itself cannot be named.
const SEGMENT = /^[a-z0-9_-][a-z0-9._-]*$/;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.bmp': 'image/bmp',
  '.gif': 'image/gif',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.png': 'image/png',
  '.tiff': 'image/tiff',
  '.webp': 'image/webp',
};

/** Whether `key` is one or more segments of lower-case letters, digits, `-`, `_` and `.`, joined by `/`. */
export function isObjectKey(key: string): boolean {
  return key.length <= MAX_KEY_LENGTH && key.split('/').every((segment) => SEGMENT.test(segment));
}

/** @throws RangeError for a key that no store takes: keys are made by the service, so this is a defect. */
export function assertObjectKey(key: string): void {
  if (!isObjectKey(key)) {
    throw new RangeError(
      `Not an object key: ${JSON.stringify(key)}. Expected at most ${MAX_KEY_LENGTH} characters in segments of ` +
        'a-z, 0-9, "-", "_" and "." (not first), joined by "/".',
    );
  }
}

/**
 * The folder that a prefix of keys names: the prefix without its closing slash.
 *
 * @throws RangeError where no key could begin so, and for the empty prefix
 */
export function folderOf(prefix: string): string {
  const folder = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix;
  assertObjectKey(folder);
  return folder;
}

/** The media type that a key's extension promises; `application/octet-stream` where it promises none. */
export function mediaTypeOf(key: string): string {
  return MEDIA_TYPES[extname(key)] ?? 'application/octet-stream';
}
