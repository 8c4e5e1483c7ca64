/** BMP in all that programs write, and what damage does to it. */
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/imaging/codec/decode.js';
import { readHeader } from '../../../src/imaging/codec/header.js';
import { bmpFile, bmpOf, bmpRows, type BmpKind } from '../../kit/bmp-files.js';
import { between, maxDifference, noise, pngOf, randomNumbers, scene } from '../../kit/pictures.js';
import { LIMITS, read, refusal, SENTENCES } from './read.js';

const SIZE = { width: 13, height: 6 };
const PIXELS = SIZE.width * SIZE.height;
const RGB = noise(SIZE, 3).pixels;
const channel = (index: number) => Array.from({ length: PIXELS }, (_, at) => RGB[at * 3 + index] ?? NaN);
const [RED, GREEN, BLUE] = [channel(0), channel(1), channel(2)];
const each = (of: (at: number) => number) => Array.from({ length: PIXELS }, (_, at) => of(at));
const word = (at: number) => (((RED[at] ?? 0) << 16) | ((GREEN[at] ?? 0) << 8) | (BLUE[at] ?? 0)) >>> 0;
const ALPHA = each((at) => (at * 29) % 256);
const withAlpha = each((at) => (word(at) + (ALPHA[at] ?? 0) * 2 ** 24) >>> 0);
const ARGB = [0xff0000, 0xff00, 0xff, 0xff000000];

const PALETTE = Array.from({ length: 256 }, (_, index) => [index, (index * 7) % 256, (index * 31) % 256]);
const coloured = (indices: readonly number[]) => indices.flatMap((index) => PALETTE[index] ?? []);
const indices = (bits: number) => each((at) => (at * 5) % 2 ** bits);
const paletted = (bits: 1 | 2 | 4 | 8, more: Partial<BmpKind> = {}): BmpKind => ({
  ...SIZE,
  bits,
  palette: PALETTE.slice(0, 2 ** bits),
  data: bmpRows(indices(bits), SIZE.width, bits),
  ...more,
});
const deep = (bits: number, values: readonly number[], more: Partial<BmpKind> = {}): BmpKind => ({
  ...SIZE,
  bits,
  data: bmpRows(values, SIZE.width, bits),
  ...more,
});
const scaled = (value: number | undefined, bits: number) =>
  Math.round((((value ?? NaN) >> (8 - bits)) * 255) / (2 ** bits - 1));
const short555 = each(
  (at) => (((RED[at] ?? 0) >> 3) << 10) | (((GREEN[at] ?? 0) >> 3) << 5) | ((BLUE[at] ?? 0) >> 3),
);
const short565 = each(
  (at) => (((RED[at] ?? 0) >> 3) << 11) | (((GREEN[at] ?? 0) >> 2) << 5) | ((BLUE[at] ?? 0) >> 3),
);
const seen = (greenBits: number) =>
  each((at) => at).flatMap((at) => [scaled(RED[at], 5), scaled(GREEN[at], greenBits), scaled(BLUE[at], 5)]);
const onWhite = each((at) => at).flatMap((at) =>
  [RED, GREEN, BLUE].map((values) => {
    const opacity = (ALPHA[at] ?? NaN) / 255;
    return (values[at] ?? NaN) * opacity + 255 * (1 - opacity);
  }),
);

const SHOWN: [string, BmpKind, ArrayLike<number>][] = [
  ['24 bits', deep(24, each(word)), RGB],
  [
    '24 bits, upper row first',
    { ...deep(24, []), height: -SIZE.height, data: bmpRows(each(word), SIZE.width, 24, true) },
    RGB,
  ],
  ['24 bits of OS/2', deep(24, each(word), { headerBytes: 12 }), RGB],
  ['24 bits of OS/2’s second form', deep(24, each(word), { headerBytes: 64 }), RGB],
  ['24 bits of OS/2’s second form, cut short', deep(24, each(word), { headerBytes: 16 }), RGB],
  ['24 bits with the header of version 4', deep(24, each(word), { headerBytes: 108 }), RGB],
  ['24 bits with the header of version 5', deep(24, each(word), { headerBytes: 124 }), RGB],
  ['32 bits, whose fourth byte means nothing', deep(32, withAlpha), RGB],
  [
    '32 bits by masks',
    deep(
      32,
      each((at) => (word(at) * 256) >>> 0),
      { compression: 3, masks: [0xff000000, 0xff0000, 0xff00] },
    ),
    RGB,
  ],
  [
    '32 bits with transparency',
    deep(32, withAlpha, { headerBytes: 124, compression: 3, masks: ARGB }),
    onWhite,
  ],
  [
    '32 bits with transparency of version 3',
    deep(32, withAlpha, { headerBytes: 56, compression: 3, masks: ARGB }),
    onWhite,
  ],
  [
    '32 bits with transparency by masks behind the header',
    deep(32, withAlpha, { compression: 6, masks: ARGB }),
    onWhite,
  ],
  [
    '32 bits with a transparency that nobody filled in',
    deep(32, each(word), { headerBytes: 108, compression: 3, masks: ARGB }),
    RGB,
  ],
  ['16 bits', deep(16, short555), seen(5)],
  [
    '16 bits by masks of 5, 6 and 5',
    deep(16, short565, { compression: 3, masks: [0xf800, 0x7e0, 0x1f] }),
    seen(6),
  ],
  [
    '16 bits by masks in the header',
    deep(16, short565, { headerBytes: 52, compression: 3, masks: [0xf800, 0x7e0, 0x1f] }),
    seen(6),
  ],
  ['256 colours', paletted(8), coloured(indices(8))],
  ['16 colours', paletted(4), coloured(indices(4))],
  ['4 colours', paletted(2), coloured(indices(2))],
  ['2 colours', paletted(1), coloured(indices(1))],
  ['256 colours of OS/2', paletted(8, { headerBytes: 12 }), coloured(indices(8))],
  [
    'fewer colours than its bits could tell apart',
    paletted(8, { palette: PALETTE.slice(0, 20) }),
    coloured(indices(8)).map((value, at) => ((indices(8)[Math.floor(at / 3)] ?? 0) < 20 ? value : 0)),
  ],
];

describe('a BMP in', () => {
  it.each(SHOWN)('%s shows its own colours', async (_, kind, expected) => {
    const { width, height, pixels } = await read(bmpOf(kind));

    expect({ width, height }).toEqual(SIZE);
    expect(maxDifference(pixels, expected)).toBeLessThanOrEqual(expected === onWhite ? 1 : 0);
  });

  it('is named by its header', async () => {
    expect(await readHeader(bmpFile(noise(SIZE, 1)), LIMITS)).toEqual({ ...SIZE, format: 'bmp' });
  });

  it('is scaled to the very pixels of the same picture in PNG', async () => {
    const picture = scene({ width: 301, height: 200 });
    const size = { width: 64, height: 48 };

    expect(await decode(bmpFile(picture), size)).toEqual(await decode(await pngOf(picture), size));
  });
});

/** Runs by hand: `put` what lies in the file. */
const runs = (bits: 4 | 8, width: number, height: number, data: number[]): Buffer =>
  bmpOf({
    width,
    height,
    bits,
    compression: bits === 8 ? 1 : 2,
    palette: PALETTE.slice(0, 2 ** bits),
    data: Buffer.from(data),
  });
const shownBy = async (file: Buffer) => Array.from((await read(file)).pixels);

describe('run-length encoding', () => {
  it('of 8 bits is unpacked: runs, literals, line ends', async () => {
    const file = runs(8, 5, 2, [5, 9, 0, 0, 0, 3, 1, 2, 3, 0, 2, 4, 0, 0, 0, 1]);

    expect(await shownBy(file)).toEqual(coloured([1, 2, 3, 4, 4, 9, 9, 9, 9, 9]));
  });

  it('of 4 bits is unpacked, also where a row ends in the middle of a byte', async () => {
    const file = runs(4, 5, 2, [5, 0x12, 0, 0, 0, 5, 0x34, 0x56, 0x70, 0, 0, 1]);

    expect(await shownBy(file)).toEqual(coloured([3, 4, 5, 6, 7, 1, 2, 1, 2, 1]));
  });

  it('may skip pixels, which have the first colour', async () => {
    const file = runs(8, 4, 3, [1, 7, 0, 2, 1, 2, 2, 8, 0, 1]);

    expect(await shownBy(file)).toEqual(coloured([0, 0, 8, 8, 0, 0, 0, 0, 7, 0, 0, 0]));
  });

  it('is cut at the end of its rows', async () => {
    expect(await shownBy(runs(8, 3, 1, [200, 5, 0, 1]))).toEqual(coloured([5, 5, 5]));
  });

  it('needs no end mark behind a full last row', async () => {
    expect(await shownBy(runs(8, 3, 1, [3, 5]))).toEqual(coloured([5, 5, 5]));
  });

  it.each([
    ['in a run', [3]],
    ['before the last row', [3, 5, 0, 0]],
    ['in a literal', [0, 3, 1]],
    ['in a skip', [0, 2, 1]],
  ])('that ends %s is damaged', async (_, data) => {
    expect((await refusal(read(runs(8, 3, 2, data)))).message).toContain('damaged');
  });

  it('of endless runs costs no more than its bytes', async () => {
    const start = performance.now();

    await read(runs(8, 3, 1, [...Array.from({ length: 2_000_000 }, () => 255), 0, 1]));

    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('a BMP that cannot be read', () => {
  const whole = bmpFile(noise(SIZE, 1));

  it.each([18, 25, 53, 60, 200, whole.length - 4])(
    'since only %d bytes of it came is damaged',
    async (length) => {
      const error = await refusal(read(whole.subarray(0, length)));

      expect(error.code).toBe('BAD_IMAGE');
      expect(error.message).toMatch(SENTENCES);
      expect(error.message).toContain('damaged');
    },
  );

  it('loses nothing with the padding of its last row', async () => {
    expect(
      maxDifference((await read(whole.subarray(0, whole.length - 1))).pixels, noise(SIZE, 1).pixels),
    ).toBe(0);
  });

  it.each([
    [4, 'wraps a JPEG'],
    [5, 'wraps a PNG'],
    [11, 'compression number 11'],
  ])('since its compression is %d is named', async (compression, words) => {
    const { message } = await refusal(readHeader(bmpOf(deep(24, each(word), { compression })), LIMITS));

    expect(message).toContain(words);
    expect(message).not.toContain('damaged');
  });

  it.each([
    [0, 5],
    [-3, 5],
    [5, 0],
  ])('since it is %dx%d pixels is damaged', async (width, height) => {
    expect((await refusal(readHeader(bmpOf({ ...deep(24, []), width, height }), LIMITS))).message).toContain(
      'damaged',
    );
  });

  it.each([
    [65_535, 65_535],
    [70_000, 1],
    [2 ** 31 - 1, -(2 ** 31)],
  ])('since it claims to be %dx%d pixels is refused before there is room for them', async (width, height) => {
    const before = process.memoryUsage().rss;

    const error = await refusal(readHeader(runs(8, width, height, [0, 1]), LIMITS));

    expect(error.code).toBe('IMAGE_TOO_LARGE');
    expect(process.memoryUsage().rss - before).toBeLessThan(20 * 2 ** 20);
  });
});

describe('a BMP with random bytes in its header and pixels', () => {
  it.each([1, 2, 3, 4])('is shown or refused, never anything else (seed %d)', async (seed) => {
    const random = randomNumbers(seed);
    const originals = [
      ...SHOWN.map(([, kind]) => bmpOf(kind)),
      runs(
        8,
        13,
        6,
        Array.from({ length: 300 }, () => between(random, 0, 12)),
      ),
      runs(
        4,
        13,
        6,
        Array.from({ length: 300 }, () => between(random, 0, 12)),
      ),
    ];
    for (let round = 0; round < 500; round += 1) {
      const file = Buffer.from(originals[between(random, 0, originals.length - 1)] ?? Buffer.alloc(0));
      const changes = between(random, 1, 6);
      for (let change = 0; change < changes; change += 1)
        file[between(random, 2, random() < 0.8 ? 70 : file.length - 1)] = between(random, 0, 255);
      const length = random() < 0.3 ? between(random, 2, file.length) : file.length;
      const bytes = file.subarray(0, length);
      const picture = await read(bytes, { maxPixels: 1_000_000 }).catch((error: unknown) => error);
      if (picture instanceof Error)
        expect(['BAD_IMAGE', 'IMAGE_TOO_LARGE']).toContain((picture as { code?: string }).code);
      else expect(picture).toMatchObject({ channels: 3 });
    }
  });
});
