import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  encode,
  encodeLosslessly,
  encodeMap,
  exchangeRedAndBlue,
} from '../../../src/imaging/codec/encode.js';
import { decodeLosslessly, decodeTransparent } from '../../../src/imaging/codec/decode.js';
import { IMAGE_FORMATS, type Channels, type Picture } from '../../../src/imaging/picture.js';
import { flat, maxDifference, meanDifference, noise, randomMap, scene } from '../../kit/pictures.js';
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

  it.each([1, 2, 4] as const)(
    'are exchanged in a file of %i channels, which becomes RGB on white',
    async (channels) => {
      const { bytes } = await encode(drawn(channels), 'PNG');

      const { data, info } = await sharp(await exchangeRedAndBlue(bytes))
        .raw()
        .toBuffer({ resolveWithObject: true });

      expect(info.channels).toBe(3);
      const onWhite = await sharp(bytes).flatten({ background: '#ffffff' }).raw().toBuffer();
      expect(maxDifference(data, exchanged(onWhite, 3))).toBe(0);
    },
  );
});

describe.each([1, 2, 3, 4] as const)('encoding a picture of %i channels', (channels) => {
  const picture = drawn(channels);
  const hasAlpha = channels % 2 === 0;

  it('as PNG keeps every value and no channel more', async () => {
    const { bytes } = await encode(picture, 'PNG');

    expect(await sharp(bytes).metadata()).toMatchObject({ channels, hasAlpha });
    expect(maxDifference((await decodeLosslessly(bytes)).pixels, picture.pixels)).toBe(0);
  });

  it('as WebP keeps alpha exactly, and grey within what its colours can hold', async () => {
    const { bytes } = await encode(picture, 'WEBP');

    const { pixels } = await decodeTransparent(bytes);
    const pixelsAt = (channel: number) => pixels.filter((_, at) => at % 4 === channel);
    const alpha = picture.pixels.filter((_, at) => hasAlpha && at % channels === channels - 1);
    if (hasAlpha) expect([...pixelsAt(3)]).toEqual([...alpha]);
    else expect(pixelsAt(3).every((value) => value === 255)).toBe(true);
    if (channels > 2) return;
    expect(maxDifference(pixelsAt(0), pixelsAt(1))).toBeLessThanOrEqual(1);
    expect(maxDifference(pixelsAt(0), pixelsAt(2))).toBeLessThanOrEqual(1);
  });

  it('for later keeps every value and the channels', async () => {
    const bytes = await encodeLosslessly(picture);

    const again = await decodeLosslessly(bytes);
    expect(again.channels).toBe(channels);
    expect(maxDifference(again.pixels, picture.pixels)).toBe(0);
  });
});

it('encodes a grey picture as a JPEG of one channel', async () => {
  const { bytes } = await encode(drawn(1), 'JPEG');

  expect((await sharp(bytes).metadata()).channels).toBe(1);
});

/** Soft enough for every encoder, and alpha of all values. */
function drawn(channels: Channels): Picture {
  const pixels = Uint8Array.from({ length: 32 * 16 * channels }, (_, at) => {
    const [pixel, channel] = [Math.floor(at / channels), at % channels];
    return channels % 2 === 0 && channel === channels - 1 ? pixel % 256 : (pixel % 32) * 7 + channel;
  });
  return { width: 32, height: 16, channels, pixels };
}

describe('encoding a map of classes', () => {
  it.each(['PNG', 'WEBP'] as const)('as %s keeps every value', async (format) => {
    const { bytes } = await encodeMap(MASK, format);

    const grey = await sharp(bytes).extractChannel(0).raw().toBuffer();
    expect(grey).toEqual(Buffer.from(MASK.pixels));
  });

  it('as PNG makes a file of one channel', async () => {
    const { bytes } = await encodeMap(MASK, 'PNG');

    expect((await sharp(bytes).metadata()).channels).toBe(1);
  });

  it('as PNG keeps each of the 256 values', async () => {
    const pixels = Uint8Array.from({ length: 256 }, (_, index) => index);

    const { bytes } = await encodeMap({ width: 16, height: 16, channels: 1, pixels }, 'PNG');

    expect(await sharp(bytes).extractChannel(0).raw().toBuffer()).toEqual(Buffer.from(pixels));
  });

  it('as JPEG is refused, with what to ask for instead', async () => {
    const error = await refusal(encodeMap(MASK, 'JPEG'));

    expect(error.code).toBe('BAD_USER_INPUT');
    expect(error.message).toMatch(SENTENCES);
    expect(error.message).toContain('PNG or WEBP');
  });
});

describe('the codes of a JPEG', () => {
  /** Bytes of its Huffman tables; the standard ones, of luma and colour, have 420 in all. */
  const tables = (file: Uint8Array): number => {
    let bytes = 0;
    for (let at = 2; file[at] === 0xff && file[at + 1] !== 0xda;) {
      const length = ((file[at + 2] ?? 0) << 8) | (file[at + 3] ?? 0);
      if (file[at + 1] === 0xc4) bytes += length - 2;
      at += 2 + length;
    }
    return bytes;
  };
  const grey = (width: number) => flat({ width, height: 4000 }, [90, 90, 90]);

  it('are made for the picture, which takes the memory of all of it', async () => {
    expect(tables((await encode(grey(4000), 'JPEG')).bytes)).toBeLessThan(200);
  });

  it('are the standard ones for a picture of more than 16 megapixels', async () => {
    expect(tables((await encode(grey(4001), 'JPEG')).bytes)).toBe(416);
  });
});
