/** TIFFs that are refused by the name of what they are. */
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/imaging/codec/decode.js';
import { readHeader } from '../../../src/imaging/codec/header.js';
import { packed, tiffOf, type TiffKind } from '../../kit/tiff-files.js';
import { LIMITS, refusal, SENTENCES } from './read.js';
import {
  ALPHA,
  COLOUR_MAP,
  GREY,
  NIR,
  PIXELS,
  RGB,
  SIZE,
  extra,
  grey,
  rgb,
  wide,
  woven,
} from './tiff-samples.js';

const SIGNED = { 339: [2, 2, 2] };
const FLOATS = { 339: [3, 3, 3] };
const doubles = Buffer.alloc(PIXELS * 24);

const REFUSED: [string, TiffKind, string][] = [
  ['signed 8-bit numbers', rgb(RGB, { tags: SIGNED }), 'signed whole numbers of 8 bits'],
  [
    'signed 16-bit grey',
    grey(GREY, { ...wide(GREY), tags: { 339: [2] } }),
    'signed whole numbers of 16 bits',
  ],
  ['32-bit numbers', rgb(RGB, { bits: 32, data: packed(RGB, 32) }), '32 bits a sample'],
  ['32-bit grey', grey(GREY, { bits: 32, data: packed(GREY, 32) }), '32 bits a sample'],
  ['half floats', rgb(RGB, { ...wide(RGB), tags: FLOATS }), 'floating-point numbers of 16 bits'],
  [
    'floats',
    rgb(RGB, { bits: 32, data: packed(RGB, 32), tags: FLOATS }),
    'floating-point numbers of 32 bits',
  ],
  [
    'doubles',
    rgb([], { bits: 64, samples: 3, data: doubles, tags: FLOATS }),
    'floating-point numbers of 64 bits',
  ],
  [
    'complex numbers',
    grey([], { bits: 64, samples: 1, data: doubles, tags: { 339: [6] } }),
    'complex floating-point',
  ],
  ['12-bit grey', grey([], { bits: 12, samples: 1, data: doubles }), '12 bits a sample'],
  ['RGB of 4 bits', rgb([], { bits: 4, samples: 3, data: doubles }), '4 bits a sample'],
  ['samples of different sizes', rgb(RGB, { tags: { 258: [8, 8, 16] } }), 'samples of different sizes'],
  ['plain YCbCr', rgb(RGB, { photometric: 6 }), 'YCbCr'],
  ['CIE Lab', rgb(RGB, { photometric: 8 }), 'CIE Lab'],
  ['ICC Lab', rgb(RGB, { photometric: 9 }), 'ICC Lab'],
  ['LogL', grey(GREY, { photometric: 32844 }), 'LogL'],
  ['LogLuv', rgb(RGB, { photometric: 32845 }), 'LogLuv'],
  ['a sensor’s own pattern', grey(GREY, { photometric: 32803 }), 'raw file'],
  ['colours of a number that is none', rgb(RGB, { photometric: 77 }), 'an unknown kind'],
  ['five inks', rgb(woven(RGB, NIR, GREY), { photometric: 5, tags: { 332: [2] } }), 'inks'],
  ['CMYK and a band', rgb(woven(RGB, NIR, GREY), { photometric: 5, tags: extra(0) }), '5 samples'],
  ['a palette and a band', rgb(woven(GREY, NIR), { photometric: 3, tags: { 320: COLOUR_MAP } }), '2 samples'],
  ['premultiplied colours and a band', rgb(woven(RGB, ALPHA, NIR), { tags: extra(1, 0) }), 'multiplied into'],
  ['a preview first', rgb(RGB, { tags: { 254: [1] } }), 'small preview'],
  ['tiles larger than any memory', rgb(RGB, { tags: { 322: [32768], 323: [32768] } }), '32768x32768'],
  ['tiles in planes', rgb(RGB, { tags: { 284: [2], 322: [16], 323: [16] } }), 'a plane for each colour'],
  ['DNG', rgb(RGB, { tags: { 50706: [1, 4, 0, 0] } }), 'DNG'],
  ...Object.entries({
    6: 'old-style JPEG',
    34712: 'JPEG 2000',
    34887: 'LERC',
    34925: 'LZMA',
    50000: 'Zstandard',
    50002: 'JPEG XL',
    4711: '4711',
  }).map(([number, name]): [string, TiffKind, string] => [
    `${name} compression`,
    rgb(RGB, { tags: { 259: [Number(number)] } }),
    name,
  ]),
];

describe('a TIFF that would not be shown rightly:', () => {
  it.each(REFUSED)('%s is refused by name, and not called damaged', async (_, kind, name) => {
    for (const big of [false, true]) {
      const error = await refusal(readHeader(tiffOf({ ...kind, big }), LIMITS));

      expect(error.code).toBe('BAD_IMAGE');
      expect(error.message).toMatch(SENTENCES);
      expect(error.message).toContain(name);
      expect(error.message).not.toContain('damaged');
      expect(error.message).toContain('Save it as an 8-bit RGB TIFF');
    }
  });

  it('it is not decoded either, should its header ever be skipped', async () => {
    const file = tiffOf(rgb(RGB, { tags: SIGNED }));

    expect((await refusal(decode(file, SIZE))).message).toContain('signed');
  });
});

describe('a damaged TIFF', () => {
  const whole = tiffOf(rgb(RGB));

  it.each([4, 8, 9, 20, 60, 100])('of %d bytes is called damaged', async (length) => {
    const error = await refusal(readHeader(whole.subarray(0, length), LIMITS));

    expect(error.code).toBe('BAD_IMAGE');
    expect(error.message).toContain('damaged');
  });

  it('whose directory counts to the end of the universe is refused at once', async () => {
    const file = Buffer.from(tiffOf(rgb(RGB, { big: true })));
    file.writeBigUInt64LE(2n ** 60n, 16);
    const start = performance.now();

    expect((await refusal(readHeader(file, LIMITS))).message).toContain('damaged');
    expect(performance.now() - start).toBeLessThan(100);
  });
});
