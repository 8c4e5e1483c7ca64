/** Files that are whole, and of a kind that is not read: each is named, and none is called damaged. */
import { describe, expect, it } from 'vitest';
import { readHeader } from '../../../src/imaging/codec/header.js';
import { asSharp, jpegOf, maxDifference, meanDifference, pngOf, scene } from '../../kit/pictures.js';
import { LIMITS, read, refusal, SENTENCES } from './read.js';

const PICTURE = scene({ width: 64, height: 48 });
const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** The first box of an ISO media file, and something behind it. */
function isoMedia(...brands: string[]): Buffer {
  const [major = '', ...others] = brands;
  const box = Buffer.alloc(16 + others.length * 4);
  box.writeUInt32BE(box.length, 0);
  box.write(`ftyp${major}`, 4, 'latin1');
  box.write(others.join(''), 16, 'latin1');
  return Buffer.concat([box, latin1('\0\0\0\x10mdatpicture.')]);
}

/** A real JPEG with another frame marker, or other bits a sample. */
async function jpegWith({ frame, bits }: { frame?: number; bits?: number }): Promise<Buffer> {
  const bytes = await jpegOf(PICTURE);
  const at = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  if (frame !== undefined) bytes.writeUInt8(frame, at + 1);
  if (bits !== undefined) bytes.writeUInt8(bits, at + 4);
  return bytes;
}

const NAMED: [string, string, Buffer | Promise<Buffer>][] = [
  ['HEIC', 'HEIC', isoMedia('heic', 'mif1', 'heic')],
  ['HEIC of several pictures', 'HEIC', isoMedia('mif1', 'mif1', 'heic', 'miaf')],
  ['HEIC of 10 bits', 'HEIC', isoMedia('heix', 'mif1')],
  ['a sequence in HEIC', 'HEIC', isoMedia('hevc', 'msf1')],
  ['a Canon raw file', 'raw file', isoMedia('crx ', 'crx ', 'isom')],
  ['an older Canon raw file', 'raw file', latin1('II*\0\x10\0\0\0CR\x02\0 and more of it')],
  ['an Olympus raw file', 'raw file', latin1('IIRO\x08\0\0\0 and more of it')],
  ['a Fujifilm raw file', 'raw file', latin1('FUJIFILMCCD-RAW 0201FF')],
  ['a video', 'video', isoMedia('isom', 'iso2', 'avc1', 'mp41')],
  ['a QuickTime video', 'video', isoMedia('qt  ')],
  ['a WebM video', 'video', latin1('\x1a\x45\xdf\xa3 and more of it')],
  ['an AVI video', 'video', latin1('RIFF\x10\0\0\0AVI LIST')],
  ['12-bit JPEG', '12 bits', jpegWith({ frame: 0xc1, bits: 12 })],
  ['16-bit lossless JPEG', '16 bits', jpegWith({ frame: 0xc3, bits: 16 })],
  ['hierarchical JPEG', 'hierarchical', jpegWith({ frame: 0xc5 })],
  ['JPEG-LS', 'JPEG-LS', latin1('\xff\xd8\xff\xf7\x00\x0b\x08 and more of it')],
  ['JPEG XL', 'JPEG XL', latin1('\xff\x0a\xfa\x1f and more of it')],
  ['JPEG XL in boxes', 'JPEG XL', latin1('\0\0\0\x0cJXL \r\n\x87\n')],
  ['JPEG 2000', 'JPEG 2000', latin1('\0\0\0\x0cjP  \r\n\x87\n')],
  ['JPEG 2000 without boxes', 'JPEG 2000', latin1('\xff\x4f\xff\x51\0\x2f')],
  ['JPEG XR', 'JPEG XR', latin1('II\xbc\x01\x20\0\0\0')],
  ['Photoshop', 'Photoshop', latin1('8BPS\0\x01 and more of it')],
  ['PDF', 'PDF', latin1('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>')],
  ['PostScript', 'PostScript', latin1('%!PS-Adobe-3.0 EPSF-3.0')],
  ['SVG', 'SVG', latin1('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
  ['SVG behind a declaration', 'SVG', latin1('<?xml version="1.0"?>\n<!-- drawn -->\n<svg width="9"/>')],
  ['an icon', 'ICO', latin1('\0\0\x01\0\x01\0\x10\x10')],
  ['OpenEXR', 'OpenEXR', latin1('\x76\x2f\x31\x01\x02\0\0\0')],
  ['Radiance', 'Radiance', latin1('#?RADIANCE\nFORMAT=32-bit_rle_rgbe')],
  ['QOI', 'QOI', latin1('qoif\0\0\0\x40')],
  ['PPM', 'Netpbm', latin1('P6 1 1 255\n\x00\x01\x02')],
  ['DICOM', 'DICOM', Buffer.concat([Buffer.alloc(128), latin1('DICM')])],
  ['a ZIP archive', 'ZIP', latin1('PK\x03\x04\x14\0\0\0')],
  ['gzip', 'gzip', latin1('\x1f\x8b\x08\0\0\0')],
  ['a web page', 'web page', latin1('\n<!DOCTYPE html><html><body><img src="cat.jpg"></body></html>')],
  ['a web page with a mark of its byte order', 'web page', latin1('\xef\xbb\xbf<html>')],
  ['JSON', 'JSON', latin1('{"error": "not found"}')],
  ['text', 'text', latin1('This was never a photo, whatever its name says.')],
  ['text in UTF-16', 'text', Buffer.from('\ufeffDear Sir or Madam', 'utf16le')],
  ['base64', 'base64', pngOf(PICTURE).then((bytes) => latin1(bytes.toString('base64')))],
  [
    'a pointer of Git LFS',
    'Git LFS',
    latin1('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n'),
  ],
  ['a PNG for iPhone applications', 'CgBI', latin1('\x89PNG\r\n\x1a\n\0\0\0\x04CgBI\x50\0\x20\x02')],
];

describe('a file of another kind:', () => {
  it.each(NAMED)('%s is named', async (_, name, file) => {
    const error = await refusal(readHeader(await file, LIMITS));

    expect(error.code).toBe('BAD_IMAGE');
    expect(error.message).toMatch(SENTENCES);
    expect(error.message).toContain(name);
    expect(error.message).not.toContain('damaged');
    expect(error.message).toContain('JPEG, PNG, WebP, AVIF, TIFF, GIF or BMP');
  });

  it('HEIC comes with what to do about it', async () => {
    const { message } = await refusal(readHeader(isoMedia('heic', 'mif1'), LIMITS));

    expect(message).toContain('Most Compatible');
  });

  it('what is not known at all is said to be of an unknown kind', async () => {
    const { message } = await refusal(readHeader(Buffer.from([1, 2, 3, 250, 251, 0, 0, 7, 9, 8]), LIMITS));

    expect(message).toContain('of an unknown kind');
  });
});

describe('an AVIF whose main brand is that of a sequence', () => {
  const asSequence = async () => {
    const bytes = await asSharp(PICTURE).avif({ quality: 90 }).toBuffer();
    expect(bytes.toString('latin1', 16, 24)).toContain('avif');
    bytes.write('avis', 8, 'latin1');
    return bytes;
  };

  it('shows its still picture', async () => {
    const bytes = await asSequence();

    expect(await readHeader(bytes, LIMITS)).toEqual({ width: 64, height: 48, format: 'avif' });
    expect(meanDifference((await read(bytes)).pixels, PICTURE.pixels)).toBeLessThan(4);
  });

  it('is left as it came', async () => {
    const bytes = await asSequence();
    const before = Buffer.from(bytes);

    await read(bytes);

    expect(maxDifference(bytes, before)).toBe(0);
  });
});

describe('a JPEG of a rare kind that the decoder knows', () => {
  it('is shown, whatever stands before its frame', async () => {
    const bytes = await asSharp(PICTURE).withMetadata().jpeg({ progressive: true, quality: 95 }).toBuffer();
    // Any number of FF bytes may stand before a marker.
    const filled = Buffer.concat([bytes.subarray(0, 2), Buffer.alloc(9, 0xff), bytes.subarray(2)]);

    expect(meanDifference((await read(filled)).pixels, PICTURE.pixels)).toBeLessThan(6);
  });
});
