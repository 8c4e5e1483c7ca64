import { describe, expect, test } from 'vitest';
import type { GraphQLResolveInfo } from 'graphql';
import { StoredImage } from '../../src/graphql/stored-image.js';

/** What a resolver is told of its execution; each has variables of its own. */
function execution(): GraphQLResolveInfo {
  return { variableValues: {} } as GraphQLResolveInfo;
}

function imageOf(byteLength: number, asked: string[]): StoredImage {
  return new StoredImage({
    width: 1,
    height: 1,
    mediaType: 'image/png',
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
    expect(await imageOf(3, []).base64(execution())).toBe('AQID');
  });

  test('is refused for a large image, whose bytes are not even read', async () => {
    const asked: string[] = [];
    await expect(imageOf(8_000_001, asked).base64(execution())).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      facts: { maxBytes: 8_000_000 },
    });
    expect(asked).toEqual([]);
  });

  test('of all images of one answer is as much as of the largest one alone', async () => {
    const answer = execution();
    await imageOf(5_000_000, []).base64(answer);
    await expect(imageOf(3_000_001, []).base64(answer)).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      message: expect.stringContaining('together') as unknown,
    });
    expect(await imageOf(3_000_000, []).base64(answer)).toBe('AQID');
  });

  test('of another answer, as the next event of a subscription, counts anew', async () => {
    await imageOf(8_000_000, []).base64(execution());
    expect(await imageOf(8_000_000, []).base64(execution())).toBe('AQID');
  });
});
