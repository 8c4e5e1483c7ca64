import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/imaging/codec/decode.js';
import { readHeader } from '../../../src/imaging/codec/header.js';
import { pngChunk } from '../../kit/png-chunk.js';
import { asSharp, jpegOf, noise, pngOf } from '../../kit/pictures.js';
import { LIMITS, read, refusal, SENTENCES } from './read.js';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
const DOCTYPE =
  '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">';
const PICTURE = noise({ width: 96, height: 64 }, 1);

describe('what is not an image of an accepted format', () => {
  it.each([
    [
      'an SVG with an XML declaration and a doctype',
      Buffer.from(`<?xml version="1.0"?>\n${DOCTYPE}\n${SVG}`),
    ],
    ['a compressed SVG', gzipSync(SVG)],
    ['a lone byte', Buffer.from([0xff])],
    ['no bytes at all', Buffer.alloc(0)],
  ])('%s is refused by its header', async (_, bytes) => {
    const error = await refusal(readHeader(bytes, LIMITS));

    expect(error.code).toBe('BAD_IMAGE');
    expect(error.message).toMatch(SENTENCES);
    expect(error.message).toContain('JPEG, PNG, WebP, AVIF, TIFF, GIF or BMP');
  });

  it('an SVG is not decoded either, should its header ever be skipped', async () => {
    expect((await refusal(decode(Buffer.from(SVG), { width: 1, height: 1 }))).code).toBe('BAD_IMAGE');
  });

  it('says of an empty file that it is empty', async () => {
    expect((await refusal(readHeader(Buffer.alloc(0), LIMITS))).message).toContain('0 bytes');
  });
});

describe.each([
  ['JPEG', await jpegOf(PICTURE)],
  ['progressive JPEG', await asSharp(PICTURE).jpeg({ progressive: true }).toBuffer()],
  ['PNG', await pngOf(PICTURE)],
  ['WebP', await asSharp(PICTURE).webp().toBuffer()],
  ['AVIF', await asSharp(PICTURE).avif({ effort: 0 }).toBuffer()],
  ['TIFF', await asSharp(PICTURE).tiff().toBuffer()],
  ['GIF', await asSharp(PICTURE).gif().toBuffer()],
])('a %s that was cut off', (_, bytes) => {
  it.each([30, 98])('after %d % of its bytes is refused', async (percent) => {
    const error = await refusal(read(bytes.subarray(0, Math.floor((bytes.length * percent) / 100))));

    expect(error.code).toBe('BAD_IMAGE');
    expect(error.message).toMatch(SENTENCES);
    expect(error.message).toContain('damaged');
  });

  it('is refused even where only a pixel of it is wanted', async () => {
    const half = bytes.subarray(0, Math.floor(bytes.length / 2));

    expect((await refusal(decode(half, { width: 1, height: 1 }))).code).toBe('BAD_IMAGE');
  });
});

describe('a picture with too many pixels', () => {
  it('is refused with its own size and the limit', async () => {
    const error = await refusal(readHeader(await pngOf(PICTURE), { maxPixels: 6143 }));

    expect(error.code).toBe('IMAGE_TOO_LARGE');
    expect(error.message).toMatch(SENTENCES);
    expect(error.message).toContain('96x64');
    expect(error.facts).toEqual({ maxPixels: 6143, width: 96, height: 64 });
  });

  it('is accepted at exactly the limit', async () => {
    expect(await readHeader(await pngOf(PICTURE), { maxPixels: 6144 })).toMatchObject({ width: 96 });
  });

  it('is refused before a pixel of it takes memory', async () => {
    const bytes = onePixelValuePng(20_000, 20_000);
    const before = process.memoryUsage().rss;
    const started = performance.now();

    const error = await refusal(readHeader(bytes, LIMITS));

    expect(error.code).toBe('IMAGE_TOO_LARGE');
    expect(error.message).toContain('20000x20000');
    expect(performance.now() - started).toBeLessThan(1000);
    expect(process.memoryUsage().rss - before).toBeLessThan(20 * 2 ** 20);
  });
});

/** A whole, valid PNG of black pixels, one bit each: as small as it gets for its size when opened. */
function onePixelValuePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((1 + Math.ceil(width / 8)) * height);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows, { level: 1 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}
