import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { channelOf, colourOf, greyOf, withAlpha } from '../../../src/imaging/channels.js';
import { inspect } from '../../../src/tasks/super-resolve/inspect.js';
import { blankShared, openShared, pictureOf } from '../../../src/tasks/super-resolve/shared-picture.js';
import { asSharp, flat, jpegOf, maxDifference, noise, pngOf, scene } from '../../kit/pictures.js';

const SIZE = { width: 24, height: 16 };
const COLOURS = scene(SIZE);
const GREY = greyOf(COLOURS);
const ALPHA = Uint8Array.from({ length: 24 * 16 }, (_, at) => (at % 24) * 11);
const OPAQUE = new Uint8Array(24 * 16).fill(255);
const GREY_ON_GREEN = withAlpha(colourOf(GREY), ALPHA);
ALPHA.forEach((value, at) => {
  if (value === 0) GREY_ON_GREEN.pixels.set([0, 255, 0], at * 4);
});

/** With the channels that are needed to show it. */
const FILES: readonly [string, number, () => Promise<Buffer>][] = [
  ['a grey PNG', 1, () => asSharp(GREY).toColourspace('b-w').png().toBuffer()],
  ['a grey JPEG', 1, () => asSharp(GREY).toColourspace('b-w').jpeg().toBuffer()],
  ['a grey JPEG of three channels', 1, () => jpegOf(colourOf(GREY))],
  ['a 16-bit grey PNG', 1, () => asSharp(GREY).toColourspace('grey16').png().toBuffer()],
  ['an RGB PNG that is all grey', 1, () => pngOf(colourOf(GREY))],
  ['an RGBA PNG that is grey and opaque', 1, () => pngOf(withAlpha(colourOf(GREY), OPAQUE))],
  ['a grey PNG with alpha', 2, () => asSharp(withAlpha(GREY, ALPHA)).toColourspace('b-w').png().toBuffer()],
  ['an RGBA PNG that is grey where it shows', 2, () => pngOf(GREY_ON_GREEN)],
  ['an RGB PNG', 3, () => pngOf(COLOURS)],
  ['an RGBA PNG that is opaque', 3, () => pngOf(withAlpha(COLOURS, OPAQUE))],
  ['an RGBA PNG', 4, () => pngOf(withAlpha(COLOURS, ALPHA))],
  ['a 16-bit RGBA PNG', 4, () => asSharp(withAlpha(COLOURS, ALPHA)).toColourspace('rgb16').png().toBuffer()],
  [
    'a palette with transparency',
    4,
    () => asSharp(withAlpha(COLOURS, ALPHA)).png({ palette: true }).toBuffer(),
  ],
  ['a WebP with alpha', 4, () => asSharp(withAlpha(COLOURS, ALPHA)).webp({ lossless: true }).toBuffer()],
  ['a GIF with transparency', 4, () => asSharp(withAlpha(COLOURS, ALPHA)).gif().toBuffer()],
  ['an AVIF with alpha', 4, () => asSharp(withAlpha(COLOURS, ALPHA)).avif({ lossless: true }).toBuffer()],
];

describe.each(FILES)('%s', (_name, channels, file) => {
  it('is opened with the channels that it needs', async () => {
    const opened = await openShared(await file(), SIZE, true);

    expect(opened).toMatchObject({ ...SIZE, channels });
  });

  it('has no alpha when it is flattened', async () => {
    const opened = await openShared(await file(), SIZE, false);

    expect(opened.channels % 2).toBe(1);
  });

  it('is transparent to who inspects it just when alpha is needed', async () => {
    expect((await inspect(await file())).transparent).toBe(channels % 2 === 0);
  });
});

describe('shared pictures', () => {
  it('hold a decoded file in memory that all threads see', async () => {
    const picture = noise({ width: 9, height: 7 }, 8);

    const shared = await openShared(await pngOf(picture), picture, true);

    expect(shared.pixels).toBeInstanceOf(SharedArrayBuffer);
    expect(maxDifference(pictureOf(shared).pixels, picture.pixels)).toBe(0);
  });

  it('keep alpha as it is, and colours where all of them shows', async () => {
    const picture = withAlpha(
      COLOURS,
      ALPHA.map((value) => (value > 120 ? 255 : 0)),
    );

    const shared = pictureOf(await openShared(await pngOf(picture), SIZE, true));

    expect(channelOf(shared, 3)).toEqual(channelOf(picture, 3));
    for (let at = 0; at < picture.pixels.length; at += 4) {
      if (picture.pixels[at + 3] !== 255) continue;
      expect(maxDifference(shared.pixels.subarray(at, at + 3), picture.pixels.subarray(at, at + 3))).toBe(0);
    }
  });

  it('turn a picture and its alpha as displayed', async () => {
    const half = Uint8Array.from(ALPHA, (_, at) => (at % 24 < 12 ? 0 : 255));
    const file = await sharp(await pngOf(withAlpha(flat(SIZE, [9, 80, 7]), half)))
      .withMetadata({ orientation: 6 })
      .webp({ lossless: true })
      .toBuffer();

    const shared = pictureOf(await openShared(file, { width: 16, height: 24 }, true));

    expect(shared).toMatchObject({ width: 16, height: 24, channels: 4 });
    expect(
      channelOf(shared, 3)
        .pixels.subarray(0, 16)
        .every((value) => value === 0),
    ).toBe(true);
    expect(
      channelOf(shared, 3)
        .pixels.subarray(-16)
        .every((value) => value === 255),
    ).toBe(true);
  });

  it('are looked at without a copy', () => {
    const shared = blankShared({ width: 2, height: 2, channels: 3 });

    pictureOf(shared).pixels.fill(9);

    expect(pictureOf(shared).pixels.every((value) => value === 9)).toBe(true);
  });
});
