/** TIFFs that are shown in their own colours. */
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/imaging/codec/decode.js';
import { asSharp, maxDifference, meanDifference, scene } from '../../kit/pictures.js';
import { packed, packedRows, PHOTOMETRIC, tiffOf, type TiffKind } from '../../kit/tiff-files.js';
import { read } from './read.js';
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
  onWhite,
  planes,
  rgb,
  tripled,
  wide,
  woven,
} from './tiff-samples.js';

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
  const max = 2 ** bits - 1;
  const values = GREY.map((value) => value % (max + 1));
  const stored = inverted ? values.map((value) => max - value) : values;
  const photometric = inverted ? PHOTOMETRIC.whiteIsZero : PHOTOMETRIC.blackIsZero;
  const data = packedRows(stored, SIZE.width, bits);
  return [
    grey([], { photometric, bits, samples: 1, data }),
    tripled(values.map((value) => (value * 255) / max)),
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
