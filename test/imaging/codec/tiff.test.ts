/** TIFFs of every kind: shown in their own colours, or refused by the name of what they are. */
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/imaging/codec/decode.js';
import { readHeader } from '../../../src/imaging/codec/header.js';
import { asSharp, maxDifference, meanDifference, noise, scene } from '../../kit/pictures.js';
import { packed, packedRows, PHOTOMETRIC, tiffOf, type TiffKind } from '../../kit/tiff-files.js';
import { LIMITS, read, refusal, SENTENCES } from './read.js';

const SIZE = { width: 13, height: 7 };
const PIXELS = SIZE.width * SIZE.height;
const RGB = Array.from(noise(SIZE, 7).pixels);
const GREY = Array.from({ length: PIXELS }, (_, index) => (index * 37) % 256);
const ALPHA = Array.from({ length: PIXELS }, (_, index) => (index * 91) % 256);
const NIR = ALPHA.map((value) => 255 - value);

/** Bands side by side in each pixel. */
function woven(colours: readonly number[], ...bands: (readonly number[])[]): number[] {
  const count = colours.length / PIXELS;
  return Array.from({ length: PIXELS }, (_, at) => [
    ...colours.slice(at * count, (at + 1) * count),
    ...bands.map((band) => band[at] ?? NaN),
  ]).flat();
}

const tripled = (grey: readonly number[]) => grey.flatMap((value) => [value, value, value]);
const onWhite = (colours: readonly number[], alpha: readonly number[]) =>
  colours.map((value, index) => {
    const opacity = (alpha[Math.floor(index / 3)] ?? NaN) / 255;
    return value * opacity + 255 * (1 - opacity);
  });
const times257 = (values: readonly number[]) => values.map((value) => value * 257);

const rgb = (values: readonly number[], more: Partial<TiffKind> = {}): TiffKind => ({
  ...SIZE,
  photometric: PHOTOMETRIC.rgb,
  bits: 8,
  samples: values.length / PIXELS,
  data: packed(values, 8),
  ...more,
});
const grey = (values: readonly number[], more: Partial<TiffKind> = {}): TiffKind =>
  rgb(values, { photometric: PHOTOMETRIC.blackIsZero, ...more });
const wide = (values: readonly number[], bigEndian = false) => ({
  bits: 16,
  data: packed(times257(values), 16, bigEndian),
  bigEndian,
});
const extra = (...kinds: number[]) => ({ 338: kinds });
const planes = (values: readonly number[], bands: number) =>
  Array.from({ length: bands }, (_, band) => values.filter((__, index) => index % bands === band)).flat();

const COLOUR_MAP = Array.from({ length: 768 }, (_, index) => (((index * 73) % 256) * 257) % 65536);
const mapped = (index: number, colours: number) =>
  [0, 1, 2].map((channel) => ((channel * colours + index) * 73) % 256);
const palette = (bits: 1 | 2 | 4 | 8): [TiffKind, number[]] => {
  const colours = 2 ** bits;
  const indices = GREY.map((value) => value % colours);
  const data = bits === 8 ? packed(indices, 8) : packedRows(indices, SIZE.width, bits);
  const tags = { 320: COLOUR_MAP.slice(0, 3 * colours) };
  return [
    rgb([], { photometric: PHOTOMETRIC.palette, bits, samples: 1, data, tags }),
    indices.flatMap((index) => mapped(index, colours)),
  ];
};
const shallow = (bits: 1 | 2 | 4, inverted: boolean): [TiffKind, number[]] => {
  const most = 2 ** bits - 1;
  const values = GREY.map((value) => value % (most + 1));
  const stored = inverted ? values.map((value) => most - value) : values;
  const photometric = inverted ? PHOTOMETRIC.whiteIsZero : PHOTOMETRIC.blackIsZero;
  const data = packedRows(stored, SIZE.width, bits);
  return [
    grey([], { photometric, bits, samples: 1, data }),
    tripled(values.map((value) => (value * 255) / most)),
  ];
};

const SHOWN: [string, TiffKind, readonly number[]][] = [
  ['RGB', rgb(RGB), RGB],
  ['RGB, most significant byte first', rgb(RGB, { bigEndian: true }), RGB],
  ['BigTIFF', rgb(RGB, { big: true }), RGB],
  ['BigTIFF, most significant byte first', rgb(RGB, { big: true, bigEndian: true }), RGB],
  ['RGB of 16 bits', rgb(RGB, wide(RGB)), RGB],
  ['RGB of 16 bits, most significant byte first', rgb(RGB, wide(RGB, true)), RGB],
  ['RGB with Deflate', rgb(RGB, { data: deflateSync(packed(RGB, 8)), tags: { 259: [8] } }), RGB],
  ['RGB of undefined sample format, which is unsigned', rgb(RGB, { tags: { 339: [4, 4, 4] } }), RGB],
  ['grey', grey(GREY), tripled(GREY)],
  ['grey of 16 bits', grey(GREY, wide(GREY)), tripled(GREY)],
  [
    'grey, white being 0',
    grey(GREY, { photometric: PHOTOMETRIC.whiteIsZero }),
    tripled(GREY.map((value) => 255 - value)),
  ],
  [
    'grey of 16 bits, white being 0',
    grey(GREY, { photometric: PHOTOMETRIC.whiteIsZero, ...wide(GREY) }),
    tripled(GREY.map((value) => 255 - value)),
  ],
  ['grey of 1 bit', ...shallow(1, false)],
  ['grey of 1 bit, white being 0', ...shallow(1, true)],
  ['grey of 2 bits', ...shallow(2, false)],
  ['grey of 2 bits, white being 0', ...shallow(2, true)],
  ['grey of 4 bits', ...shallow(4, false)],
  ['grey of 4 bits, white being 0', ...shallow(4, true)],
  ['a palette of 256 colours', ...palette(8)],
  ['a palette of 16 colours', ...palette(4)],
  ['a palette of 4 colours', ...palette(2)],
  ['a palette of 2 colours', ...palette(1)],
  ['transparency', rgb(woven(RGB, ALPHA), { tags: extra(2) }), onWhite(RGB, ALPHA)],
  [
    'transparency of 16 bits',
    rgb(woven(RGB, ALPHA), { ...wide(woven(RGB, ALPHA)), tags: extra(2) }),
    onWhite(RGB, ALPHA),
  ],
  ['grey with transparency', grey(woven(GREY, ALPHA), { tags: extra(2) }), onWhite(tripled(GREY), ALPHA)],
  [
    'grey with transparency, white being 0',
    grey(woven(GREY, ALPHA), { photometric: PHOTOMETRIC.whiteIsZero, tags: extra(2) }),
    onWhite(tripled(GREY.map((value) => 255 - value)), ALPHA),
  ],
  ['a near-infrared band', rgb(woven(RGB, NIR), { tags: extra(0) }), RGB],
  ['a fourth band that nothing is said of', rgb(woven(RGB, NIR)), RGB],
  [
    'a near-infrared band of 16 bits',
    rgb(woven(RGB, NIR), { ...wide(woven(RGB, NIR)), tags: extra(0) }),
    RGB,
  ],
  ['two further bands', rgb(woven(RGB, NIR, GREY), { tags: extra(0, 0) }), RGB],
  ['three further bands', rgb(woven(RGB, NIR, GREY, ALPHA), { tags: extra(0, 0, 0) }), RGB],
  ['transparency, then a band', rgb(woven(RGB, ALPHA, NIR), { tags: extra(2, 0) }), onWhite(RGB, ALPHA)],
  ['a band, then transparency', rgb(woven(RGB, NIR, ALPHA), { tags: extra(0, 2) }), onWhite(RGB, ALPHA)],
  ['grey with a further band', grey(woven(GREY, NIR), { tags: extra(0) }), tripled(GREY)],
  [
    'grey with three further bands',
    grey(woven(GREY, NIR, ALPHA, NIR), { tags: extra(0, 0, 0) }),
    tripled(GREY),
  ],
  [
    'grey of 16 bits with a further band',
    grey(woven(GREY, NIR), { ...wide(woven(GREY, NIR)), tags: extra(0) }),
    tripled(GREY),
  ],
];

describe('a TIFF in', () => {
  it.each(SHOWN)('%s shows its own colours', async (_, kind, expected) => {
    const { width, height, pixels } = await read(tiffOf(kind));

    expect({ width, height }).toEqual(SIZE);
    expect(maxDifference(pixels, expected)).toBeLessThanOrEqual(1);
  });

  it('planes shows its own colours', async () => {
    const values = woven(RGB, NIR);
    const bytesOfPlane = PIXELS;
    // A strip for each plane, whose places follow one another.
    const file = tiffOf(
      rgb([], { samples: 4, data: packed(planes(values, 4), 8), tags: { ...extra(0), 284: [2] } }),
    );
    const strips = withStrips(file, 4, bytesOfPlane);

    expect(Array.from((await read(strips)).pixels)).toEqual(RGB);
  });

  it('colours multiplied by their transparency shows them as they were', async () => {
    const premultiplied = RGB.map((value, index) =>
      Math.round((value * (ALPHA[Math.floor(index / 3)] ?? 0)) / 255),
    );

    const { pixels } = await read(tiffOf(rgb(woven(premultiplied, ALPHA), { tags: extra(1) })));

    expect(maxDifference(pixels, onWhite(RGB, ALPHA))).toBeLessThanOrEqual(2);
  });

  it.each([2, 3, 4, 5, 6, 7, 8])(
    'orientation %d is turned as displayed, with and without a further band',
    async (turn) => {
      const plain = await read(tiffOf(rgb(RGB, { tags: { 274: [turn] } })));
      const file = tiffOf(rgb(woven(RGB, NIR), { tags: { ...extra(0), 274: [turn] } }));

      const banded = await read(file);

      expect(plain.width).toBe(turn > 4 ? SIZE.height : SIZE.width);
      expect(Array.from(plain.pixels)).not.toEqual(RGB);
      expect(banded).toEqual(plain);
    },
  );

  it('a near-infrared band is scaled without it', async () => {
    const size = { width: 6, height: 3 };

    const banded = await decode(tiffOf(rgb(woven(RGB, NIR), { tags: extra(0) })), size);

    expect(banded).toEqual(await decode(tiffOf(rgb(RGB)), size));
  });

  it.each(['lzw', 'deflate', 'packbits', 'jpeg', 'none'] as const)(
    '%s compression is read',
    async (compression) => {
      const picture = scene({ width: 60, height: 40 });
      for (const tile of [false, true]) {
        const bytes = await asSharp(picture).tiff({ compression, tile, quality: 95 }).toBuffer();
        expect(meanDifference((await read(bytes)).pixels, picture.pixels)).toBeLessThan(2);
      }
    },
  );

  it.each(['ccittfax4', 'none'] as const)('black and white with %s is read', async (compression) => {
    const bilevel = () =>
      asSharp(scene({ width: 61, height: 40 }))
        .threshold(128)
        .toColourspace('b-w');
    const bytes = await bilevel().tiff({ compression, predictor: 'none', bitdepth: 1 }).toBuffer();
    expect((await sharp(bytes).metadata()).bitsPerSample).toBe(1);

    const { pixels } = await read(bytes);

    expect(Array.from(pixels)).toEqual(tripled(Array.from(await bilevel().raw().toBuffer())));
  });

  it('CMYK is read as the same inks in a JPEG', async () => {
    const inks = asSharp(scene({ width: 60, height: 40 })).toColourspace('cmyk');
    const jpeg = await read(await inks.clone().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer());

    const { pixels } = await read(await inks.tiff({ compression: 'lzw' }).toBuffer());

    expect(meanDifference(pixels, jpeg.pixels)).toBeLessThan(2);
  });
});

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
  ['colours of a number that is none', rgb(RGB, { photometric: 77 }), 'no known kind'],
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

/** Replaces a file's one strip by several of equal size, which lie one behind the other. */
function withStrips(file: Buffer, count: number, bytes: number): Buffer {
  const copy = Buffer.concat([file, Buffer.alloc(count * 8)]);
  const entries = copy.readUInt16LE(8);
  for (let index = 0; index < entries; index += 1) {
    const at = 10 + index * 12;
    const tag = copy.readUInt16LE(at);
    if (tag !== 273 && tag !== 279) continue;
    const first = copy.readUInt32LE(at + 8);
    const list = file.length + (tag === 273 ? 0 : count * 4);
    copy.writeUInt32LE(count, at + 4);
    copy.writeUInt32LE(list, at + 8);
    for (let strip = 0; strip < count; strip += 1)
      copy.writeUInt32LE(tag === 273 ? first + strip * bytes : bytes, list + strip * 4);
  }
  return copy;
}
