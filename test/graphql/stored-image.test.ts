import { describe, expect, test } from 'vitest';
import { StoredImage } from '../../src/graphql/stored-image.js';

function imageOf(byteLength: number, asked: string[]): StoredImage {
  return new StoredImage({
    width: 1,
    height: 1,
    format: 'PNG',
    byteLength,
    bytes: () => {
      asked.push('bytes');
      return Promise.resolve(new Uint8Array([1, 2, 3]));
    },
    published: () => Promise.reject(new Error('not asked for')),
  });
}

describe('base64', () => {
  test('is the bytes of an image of moderate size', async () => {
    expect(await imageOf(3, []).base64()).toBe('AQID');
  });

  test('is refused for a large image, whose bytes are not even read', async () => {
    const asked: string[] = [];
    await expect(imageOf(8_000_001, asked).base64()).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      facts: { maxBytes: 8_000_000 },
    });
    expect(asked).toEqual([]);
  });
});
