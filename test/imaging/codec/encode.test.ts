import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encode, encodeLosslessly, exchangeRedAndBlue } from '../../../src/imaging/codec/encode.js';
import { IMAGE_FORMATS } from '../../../src/imaging/picture.js';
import { meanDifference, noise, randomMap, scene } from '../../kit/pictures.js';
import { refusal, SENTENCES } from './read.js';

const PICTURE = scene({ width: 60, height: 40 });
const MASK = randomMap({ width: 53, height: 29 }, 4, 3);

describe('encoding a picture', () => {
  it.each(IMAGE_FORMATS)('as %s makes a file of that format and size', async (format) => {
    const encoded = await encode(PICTURE, format);

    expect(encoded).toMatchObject({ width: 60, height: 40, format });
    expect(await sharp(encoded.bytes).metadata()).toMatchObject({
      format: format.toLowerCase(),
      width: 60,
      height: 40,
    });
  });

  it.each(IMAGE_FORMATS)('as %s keeps what it shows', async (format) => {
    const { bytes } = await encode(PICTURE, format);

    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect(meanDifference(data, PICTURE.pixels)).toBeLessThan(6);
  });

  it('as PNG keeps every value', async () => {
    const picture = noise({ width: 33, height: 21 }, 4);

    const { bytes } = await encode(picture, 'PNG');

    expect(meanDifference(await sharp(bytes).raw().toBuffer(), picture.pixels)).toBe(0);
  });
});

/** Red and blue of pixels side by side, the other way round. */
function exchanged(pixels: Uint8Array, channels: 3 | 4): number[] {
  return Array.from(pixels, (value, index) => {
    const of = index % channels;
    return of === 0 ? (pixels[index + 2] ?? NaN) : of === 2 ? (pixels[index - 2] ?? NaN) : value;
  });
}

describe('red and blue the other way round', () => {
  const picture = noise({ width: 33, height: 21 }, 6);

  it('are written so when asked for', async () => {
    const { bytes } = await encode(picture, 'PNG', 'BGR');

    expect(Array.from(await sharp(bytes).raw().toBuffer())).toEqual(exchanged(picture.pixels, 3));
  });

  it('are exchanged in a file', async () => {
    const { bytes } = await encode(picture, 'PNG');

    const { data, info } = await sharp(await exchangeRedAndBlue(bytes))
      .raw()
      .toBuffer({ resolveWithObject: true });

    expect(info).toMatchObject({ width: 33, height: 21, channels: 3 });
    expect(Array.from(data)).toEqual(exchanged(picture.pixels, 3));
  });

  it('are exchanged below transparency, which stays', async () => {
    const pixels = noise({ width: 4, height: 30 }, 7).pixels;
    const png = await sharp(pixels, { raw: { width: 3, height: 30, channels: 4 } })
      .png()
      .toBuffer();

    const { data, info } = await sharp(await exchangeRedAndBlue(png))
      .raw()
      .toBuffer({ resolveWithObject: true });

    expect(info.channels).toBe(4);
    expect(Array.from(data)).toEqual(exchanged(pixels, 4));
  });

  it('are the same in a grey file, which stays as it is', async () => {
    const { bytes } = await encode(MASK, 'PNG');

    expect(await exchangeRedAndBlue(bytes)).toEqual(bytes);
  });
});

describe('encoding a map of classes', () => {
  it.each(['PNG', 'WEBP'] as const)('as %s keeps every value', async (format) => {
    const { bytes } = await encode(MASK, format);

    const grey = await sharp(bytes).extractChannel(0).raw().toBuffer();
    expect(grey).toEqual(Buffer.from(MASK.pixels));
  });

  it('as PNG makes a file of one channel', async () => {
    const { bytes } = await encode(MASK, 'PNG');

    expect((await sharp(bytes).metadata()).channels).toBe(1);
  });

  it('as PNG keeps each of the 256 values', async () => {
    const pixels = Uint8Array.from({ length: 256 }, (_, index) => index);

    const { bytes } = await encode({ width: 16, height: 16, channels: 1, pixels }, 'PNG');

    expect(await sharp(bytes).extractChannel(0).raw().toBuffer()).toEqual(Buffer.from(pixels));
  });

  it('as JPEG is refused, with what to ask for instead', async () => {
    const error = await refusal(encode(MASK, 'JPEG'));

    expect(error.code).toBe('BAD_USER_INPUT');
    expect(error.message).toMatch(SENTENCES);
    expect(error.message).toContain('PNG or WEBP');
  });
});

describe('encoding for later', () => {
  it('keeps every value', async () => {
    const picture = noise({ width: 19, height: 40 }, 5);

    const bytes = await encodeLosslessly(picture);

    expect(meanDifference(await sharp(bytes).raw().toBuffer(), picture.pixels)).toBe(0);
  });
});
