import { describe, expect, it } from 'vitest';
import { assertObjectKey, isObjectKey, mediaTypeOf } from '../../src/storage/keys.js';

describe('isObjectKey', () => {
  it('takes what the service makes, up to 200 characters', () => {
    expect(isObjectKey('jobs/0a1b-2_c/output.png')).toBe(true);
    expect(isObjectKey('a'.repeat(200))).toBe(true);
    expect(isObjectKey('a'.repeat(201))).toBe(false);
  });

  it('names the key and the rule when it throws', () => {
    expect(() => assertObjectKey('a/../b')).toThrow(/"a\/\.\.\/b".*segments of a-z/);
  });
});

describe('mediaTypeOf', () => {
  it.each([
    ['jobs/1/output.png', 'image/png'],
    ['a.b.jpg', 'image/jpeg'],
    ['a.webp', 'image/webp'],
    ['meta.json', 'application/json'],
    ['tile', 'application/octet-stream'],
    ['page.html', 'application/octet-stream'],
    ['image.svg', 'application/octet-stream'],
    ['png/tile', 'application/octet-stream'],
  ])('%s is %s', (key, mediaType) => {
    expect(mediaTypeOf(key)).toBe(mediaType);
  });
});
