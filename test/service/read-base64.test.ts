import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readBase64 } from '../../src/service/read-base64.js';

const BYTES = randomBytes(2_500_001);
const TEXT = BYTES.toString('base64');

describe('the same bytes', () => {
  test.each<[how: string, text: string]>([
    ['as they usually come', TEXT],
    ['with a prefix', `data:image/png;base64,${TEXT}`],
    ['without padding', TEXT.replace(/=+$/, '')],
    ['in the alphabet of addresses', BYTES.toString('base64url')],
    ['with line breaks', TEXT.replace(/.{76}/g, '$&\r\n')],
    ['with a space at every seventh place', TEXT.replace(/.{7}/g, '$& ')],
    ['with white space in and behind the padding', `${TEXT.replace(/=/g, '= ')}\n\n`],
  ])('are read %s', async (_how, text) => {
    expect((await readBase64(text)).equals(BYTES)).toBe(true);
  });

  test.each([0, 1, 2, 3, 4, 5])('are read when there are %i of them', async (length) => {
    const bytes = BYTES.subarray(0, length);
    expect(await readBase64(bytes.toString('base64'))).toEqual(bytes);
    expect(await readBase64(bytes.toString('base64url'))).toEqual(bytes);
  });
});

describe('what is no base64 is refused with its place', () => {
  test.each<[what: string, text: string, position: number]>([
    ['at the beginning', `!${TEXT}`, 0],
    ['in the middle', `${TEXT.slice(0, 2_000_003)}!${TEXT.slice(2_000_003)}`, 2_000_003],
    ['at the end', `${TEXT}!`, TEXT.indexOf('=')],
    ['alone behind whole groups', 'AAAA!', 4],
    ['behind the padding', 'AA== BB', 2],
    ['behind the padding of an earlier slice', `${'='.repeat(1_000_000)}A`, 0],
    ['not of Latin letters', 'AAAAĀ', 4],
  ])('%s', async (_what, text, position) => {
    await expect(readBase64(text)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining(`position ${position} `) as unknown,
    });
  });
});
