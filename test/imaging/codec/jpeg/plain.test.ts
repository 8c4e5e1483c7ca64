import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readHeader } from '../../../../src/imaging/codec/header.js';
import { plainJpeg } from '../../../../src/imaging/codec/jpeg/plain.js';
import { asSharp, jpegOf, scene } from '../../../kit/pictures.js';
import { LIMITS } from '../read.js';

const SIZE = { width: 60, height: 40 };
const PICTURE = scene(SIZE);
const jpeg = () => asSharp(PICTURE).jpeg();

/** Puts a segment behind the first marker. */
function withSegment(file: Buffer, code: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, code, (body.length + 2) >> 8, (body.length + 2) & 0xff]);
  return Buffer.concat([file.subarray(0, 2), head, body, file.subarray(2)]);
}

/** EXIF with one entry. */
function exif(order: 'II' | 'MM', { type = 3, count = 1, value = 6, directory = 8 } = {}): Buffer {
  const little = order === 'II';
  const block = Buffer.alloc(6 + 8 + 2 + 12 + 4);
  block.write(`Exif\0\0${order}`, 'latin1');
  const short = (at: number, number: number) =>
    little ? block.writeUInt16LE(number, at + 6) : block.writeUInt16BE(number, at + 6);
  const long = (at: number, number: number) =>
    little ? block.writeUInt32LE(number, at + 6) : block.writeUInt32BE(number, at + 6);
  short(2, 42);
  long(4, directory);
  short(8, 1);
  short(10, 0x0112);
  short(12, type);
  long(14, count);
  short(18, value);
  return block;
}

describe('a plain JPEG', () => {
  const plain: [string, () => Promise<Buffer>][] = [
    ['baseline', () => jpeg().toBuffer()],
    ['progressive', () => jpeg().jpeg({ progressive: true }).toBuffer()],
    ['with every channel in full', () => jpeg().jpeg({ chromaSubsampling: '4:4:4' }).toBuffer()],
    ['with a comment', async () => withSegment(await jpegOf(PICTURE), 0xfe, Buffer.from('made here'))],
    [
      'with XMP',
      async () => withSegment(await jpegOf(PICTURE), 0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x/>')),
    ],
    [
      'that fills up a marker',
      async () => {
        const file = await jpegOf(PICTURE);
        return Buffer.concat([file.subarray(0, 2), Buffer.from([0xff, 0xff]), file.subarray(2)]);
      },
    ],
  ];
  it.each(plain)('is one %s', async (_, make) => {
    expect(plainJpeg(await make())).toEqual({ stored: SIZE, displayed: SIZE, orientation: 1 });
  });

  it.each(['II', 'MM'] as const)('is told as displayed, by EXIF in the order %s', async (order) => {
    const file = withSegment(await jpegOf(PICTURE), 0xe1, exif(order));

    expect(plainJpeg(file)).toEqual({ stored: SIZE, displayed: { width: 40, height: 60 }, orientation: 6 });
    expect(await readHeader(file, LIMITS)).toMatchObject({ width: 40, height: 60 });
  });

  const others: [string, () => Promise<Buffer>][] = [
    ['CMYK', () => jpeg().toColourspace('cmyk').toBuffer()],
    ['grey', () => jpeg().toColourspace('b-w').toBuffer()],
    ['with a colour profile', () => jpeg().withIccProfile('p3').toBuffer()],
    [
      'with two EXIF blocks',
      async () => withSegment(withSegment(await jpegOf(PICTURE), 0xe1, exif('II')), 0xe1, exif('II')),
    ],
    [
      'with an orientation of another type',
      async () => withSegment(await jpegOf(PICTURE), 0xe1, exif('II', { type: 4 })),
    ],
    [
      'with several orientations',
      async () => withSegment(await jpegOf(PICTURE), 0xe1, exif('II', { count: 2 })),
    ],
    [
      'with an orientation that there is not',
      async () => withSegment(await jpegOf(PICTURE), 0xe1, exif('MM', { value: 9 })),
    ],
    [
      'whose EXIF ends early',
      async () => withSegment(await jpegOf(PICTURE), 0xe1, exif('II', { directory: 4000 })),
    ],
    [
      'whose channels are RGB, as Adobe says',
      async () => withSegment(await jpegOf(PICTURE), 0xee, Buffer.from('Adobe\0\x64\0\0\0\0\0', 'latin1')),
    ],
    [
      'coded arithmetically',
      async () => {
        const file = await jpegOf(PICTURE);
        file[file.indexOf('\xff\xc0', 0, 'latin1') + 1] = 0xc9;
        return file;
      },
    ],
    [
      'whose height comes later',
      async () => {
        const file = await jpegOf(PICTURE);
        file.writeUInt16BE(0, file.indexOf('\xff\xc0', 0, 'latin1') + 5);
        return file;
      },
    ],
    [
      'of very many scans',
      async () => {
        const file = await jpeg().jpeg({ progressive: true }).toBuffer();
        const scan = file.subarray(file.indexOf('\xff\xda', 0, 'latin1'), -2);
        return Buffer.concat([file.subarray(0, -2), ...Array.from({ length: 40 }, () => scan)]);
      },
    ],
    [
      'cut off in its header',
      async () => {
        const file = await jpegOf(PICTURE);
        return file.subarray(0, file.indexOf('\xff\xda', 0, 'latin1'));
      },
    ],
    ['that is none', () => readFile('package.json')],
  ];
  it.each(others)('is none %s', async (_, make) => {
    expect(plainJpeg(await make())).toBeUndefined();
  });

  it('is told from any beginning of one without a fault', async () => {
    const file = withSegment(await jpegOf(PICTURE), 0xe1, exif('MM'));
    const scan = file.indexOf('\xff\xda', 0, 'latin1');
    for (let length = 0; length < scan; length += 1)
      expect(plainJpeg(file.subarray(0, length))).toBeUndefined();
  });
});
