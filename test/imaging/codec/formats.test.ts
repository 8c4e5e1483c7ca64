import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/imaging/codec/decode.js';
import { readHeader } from '../../../src/imaging/codec/header.js';
import { pngChunk } from '../../kit/png-chunk.js';
import { bmpFile } from '../../kit/bmp-files.js';
import {
  asSharp,
  flat,
  jpegOf,
  maxDifference,
  meanDifference,
  noise,
  pixelAt,
  pngOf,
  scene,
} from '../../kit/pictures.js';
import { LIMITS, read } from './read.js';

const PICTURE = scene({ width: 60, height: 40 });
const GREY = { width: 2, height: 1, channels: 1 } as const;

describe('decoding', () => {
  it.each([
    ['jpeg', () => jpegOf(PICTURE)],
    ['png', () => pngOf(PICTURE)],
    ['webp', () => asSharp(PICTURE).webp({ quality: 95 }).toBuffer()],
    ['avif', () => asSharp(PICTURE).avif({ quality: 90 }).toBuffer()],
    ['tiff', () => asSharp(PICTURE).tiff({ quality: 95 }).toBuffer()],
    ['gif', () => asSharp(PICTURE).gif().toBuffer()],
    ['bmp', () => bmpFile(PICTURE)],
  ])('reads %s, and names it', async (format, file) => {
    const bytes = await file();

    expect(await readHeader(bytes, LIMITS)).toEqual({ width: 60, height: 40, format });
    const { width, height, channels, pixels } = await read(bytes);
    expect({ width, height, channels }).toEqual({ width: 60, height: 40, channels: 3 });
    expect(meanDifference(pixels, PICTURE.pixels)).toBeLessThan(4);
  });

  it('keeps every value of a lossless file', async () => {
    const picture = noise({ width: 31, height: 17 }, 1);

    expect((await read(await pngOf(picture))).pixels).toEqual(Buffer.from(picture.pixels));
  });

  it('flattens what is half transparent halfway to white', async () => {
    const bytes = await asSharp(flat({ width: 4, height: 4 }, [200, 0, 100]))
      .ensureAlpha(0.5)
      .png()
      .toBuffer();

    expect(maxDifference(pixelAt(await read(bytes), 2, 2), [228, 128, 178])).toBeLessThanOrEqual(1);
  });

  it('shows white where a picture is wholly transparent', async () => {
    const bytes = await asSharp(flat({ width: 4, height: 4 }, [0, 0, 0]))
      .ensureAlpha(0)
      .webp()
      .toBuffer();

    expect(pixelAt(await read(bytes), 2, 2)).toEqual([255, 255, 255]);
  });

  it('makes three channels of a grey PNG', async () => {
    const bytes = await sharp(Uint8Array.of(0, 200), { raw: GREY }).toColourspace('b-w').png().toBuffer();
    expect((await sharp(bytes).metadata()).channels).toBe(1);

    expect(Array.from((await read(bytes)).pixels)).toEqual([0, 0, 0, 200, 200, 200]);
  });

  it('flattens a grey PNG with alpha on white', async () => {
    const bytes = await sharp(Uint8Array.of(0, 255, 100, 0), { raw: { ...GREY, channels: 2 } })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    expect((await sharp(bytes).metadata()).channels).toBe(2);

    expect(Array.from((await read(bytes)).pixels)).toEqual([0, 0, 0, 255, 255, 255]);
  });

  it('reads a CMYK JPEG in its displayed colours', async () => {
    const bytes = await asSharp(PICTURE).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer();
    expect((await sharp(bytes).metadata()).space).toBe('cmyk');

    // Ink has no such bright greens and blues; with its channels inverted the picture would be off by 100 and more.
    expect(meanDifference((await read(bytes)).pixels, PICTURE.pixels)).toBeLessThan(9);
  });

  it.each(['jpeg', 'png', 'webp', 'tiff', 'avif'] as const)(
    'brings a %s with a profile of its own to sRGB',
    async (format) => {
      const colours = flat({ width: 16, height: 16 }, [230, 60, 40]);
      const bytes = await asSharp(colours)
        .withIccProfile('p3')
        .toFormat(format, { quality: 100, chromaSubsampling: '4:4:4' })
        .toBuffer();
      const stored = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
      expect(maxDifference(stored.subarray(0, 3), [230, 60, 40])).toBeGreaterThan(10);

      expect(maxDifference((await read(bytes)).pixels, colours.pixels)).toBeLessThanOrEqual(3);
    },
  );

  it('shows white where the colour of a PNG is said to be transparent', async () => {
    const picture = flat({ width: 2, height: 1 }, [10, 20, 30]);
    picture.pixels.set([40, 50, 60], 3);
    const png = await pngOf(picture);
    // Behind the header's chunk, which is 13 bytes long: a colour of 16 bits a channel.
    const transparent = pngChunk('tRNS', Buffer.from([0, 10, 0, 20, 0, 30]));
    const bytes = Buffer.concat([png.subarray(0, 33), transparent, png.subarray(33)]);

    expect(Array.from((await read(bytes)).pixels)).toEqual([255, 255, 255, 40, 50, 60]);
  });

  it('scales 16-bit values to 8 bits', async () => {
    const bytes = await asSharp(PICTURE).toColourspace('rgb16').png().toBuffer();
    expect((await sharp(bytes).metadata()).depth).toBe('ushort');

    expect(maxDifference((await read(bytes)).pixels, PICTURE.pixels)).toBeLessThanOrEqual(1);
  });

  it('flattens 16-bit alpha on white as well', async () => {
    const bytes = await asSharp(flat({ width: 4, height: 4 }, [0, 0, 0]))
      .ensureAlpha(0)
      .toColourspace('rgb16')
      .png()
      .toBuffer();

    expect(pixelAt(await read(bytes), 1, 1)).toEqual([255, 255, 255]);
  });

  it('reads 16-bit grey', async () => {
    const bytes = await sharp(Uint8Array.of(10, 200), { raw: GREY }).toColourspace('grey16').png().toBuffer();
    expect(await sharp(bytes).metadata()).toMatchObject({ depth: 'ushort', channels: 1 });

    const { pixels } = await read(bytes);
    expect(maxDifference(pixels, [10, 10, 10, 200, 200, 200])).toBeLessThanOrEqual(1);
  });

  it('looks up the colours of a palette', async () => {
    const picture = flat({ width: 8, height: 8 }, [250, 120, 5]);
    picture.pixels.set([0, 0, 255], 0);
    const bytes = await asSharp(picture).png({ palette: true }).toBuffer();
    expect((await sharp(bytes).metadata()).isPalette).toBe(true);

    expect(maxDifference((await read(bytes)).pixels, picture.pixels)).toBeLessThanOrEqual(2);
  });

  it.each(['gif', 'webp'] as const)('takes the first frame of an animated %s', async (format) => {
    const frames = [
      await pngOf(flat({ width: 20, height: 10 }, [255, 0, 0])),
      await pngOf(flat({ width: 20, height: 10 }, [0, 0, 255])),
    ];
    const bytes = await sharp(frames, { join: { animated: true } })
      .toFormat(format)
      .toBuffer();
    expect((await sharp(bytes).metadata()).pages).toBe(2);

    expect(await readHeader(bytes, LIMITS)).toEqual({ width: 20, height: 10, format });
    const picture = await read(bytes);
    expect([picture.width, picture.height]).toEqual([20, 10]);
    expect(maxDifference(pixelAt(picture, 10, 9), [255, 0, 0])).toBeLessThanOrEqual(4);
  });

  it('reads a picture of one pixel', async () => {
    const bytes = await pngOf(flat({ width: 1, height: 1 }, [1, 2, 3]));

    expect(Array.from((await read(bytes)).pixels)).toEqual([1, 2, 3]);
  });
});

describe('decoding to a smaller size', () => {
  it('shows the whole picture', async () => {
    const small = await decode(await jpegOf(scene({ width: 600, height: 400 })), { width: 60, height: 40 });

    expect([small.width, small.height]).toEqual([60, 40]);
    expect(meanDifference(small.pixels, PICTURE.pixels)).toBeLessThan(6);
  });

  it('does not keep the aspect ratio when asked for another', async () => {
    const small = await decode(await jpegOf(scene({ width: 600, height: 400 })), { width: 50, height: 50 });

    expect(meanDifference(small.pixels, scene({ width: 50, height: 50 }).pixels)).toBeLessThan(6);
  });
});
