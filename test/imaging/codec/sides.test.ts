import { describe, expect, test } from 'vitest';
import { checkSides, encode } from '../../../src/imaging/codec/encode.js';
import type { Picture } from '../../../src/imaging/picture.js';

const thin: Picture = { width: 1, height: 20_000, channels: 3, pixels: new Uint8Array(60_000) };

describe('a picture with a side that its format cannot hold', () => {
  test('is refused with the limit and the way out', async () => {
    await expect(encode(thin, 'WEBP')).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message:
        'The result would be 1x20000 pixels, and WEBP holds at most 16383 a side. Ask for PNG, or send a smaller image.',
    });
  });

  test('is written in a format that can', async () => {
    expect(await encode(thin, 'PNG')).toMatchObject({ width: 1, height: 20_000, format: 'PNG' });
  });

  test('is not told to ask for PNG where it did', () => {
    expect(() => checkSides({ width: 1, height: 2_000_000 }, 'PNG')).toThrow(
      /a side\. Send a smaller image\.$/,
    );
  });
});

test.each([
  ['WEBP', 16_383],
  ['JPEG', 65_535],
] as const)('the longest side of %s is %d, and not one pixel more', (format, longest) => {
  expect(() => checkSides({ width: longest, height: 1 }, format)).not.toThrow();
  expect(() => checkSides({ width: 1, height: longest }, format)).not.toThrow();
  expect(() => checkSides({ width: longest + 1, height: 1 }, format)).toThrow(`${longest} a side`);
  expect(() => checkSides({ width: 1, height: longest + 1 }, format)).toThrow(`${longest} a side`);
});
