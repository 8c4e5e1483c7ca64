import { brandsOf, isoMediaOf, type IsoMedia } from './iso-media.js';
import { has, textAt } from './bytes.js';

/** A kind of file that people send and that is not read. */
interface OtherKind {
  /** With its article, as it stands in a sentence. */
  readonly name: string;
  /** What to do instead, where "convert it" is not the answer. */
  readonly advice?: string;
}

const RAW: OtherKind = {
  name: "a camera's raw file",
  advice: 'Develop it with a photo program and send the JPEG.',
};
export const HEIC: OtherKind = {
  name: 'a HEIC picture, as phones take them',
  advice:
    'Send a JPEG: on an iPhone choose Settings > Camera > Formats > Most Compatible, or export this picture as JPEG.',
};
const DOCUMENT = 'Send a picture of the page: a screenshot, or an export as PNG.';
const VIDEO: OtherKind = { name: 'a video or sound', advice: 'Send a single frame of it as JPEG or PNG.' };

/** By the characters (Latin-1) that such a file begins with, or has at a place. */
const BY_MAGIC: readonly (OtherKind & { readonly magic: string; readonly at?: number })[] = [
  { magic: '\xff\x0a', name: 'a JPEG XL picture' },
  { magic: '\x00\x00\x00\x0cJXL ', name: 'a JPEG XL picture' },
  { magic: '\x00\x00\x00\x0cjP  ', name: 'a JPEG 2000 picture' },
  { magic: '\xff\x4f\xff\x51', name: 'a JPEG 2000 picture' },
  { magic: 'II\xbc', name: 'a JPEG XR picture' },
  { magic: '8BPS', name: 'a Photoshop document' },
  { magic: '8BPB', name: 'a Photoshop document' },
  { magic: 'gimp xcf', name: 'a GIMP document' },
  { magic: 'qoif', name: 'a QOI picture' },
  { magic: '\x76\x2f\x31\x01', name: 'an OpenEXR picture' },
  { magic: '#?RADIANCE', name: 'a Radiance HDR picture' },
  { magic: '#?RGBE', name: 'a Radiance HDR picture' },
  { magic: '\x00\x00\x01\x00', name: 'an icon (ICO)' },
  { magic: '\x00\x00\x02\x00', name: 'a cursor or a Targa picture' },
  { magic: 'icns', name: 'an icon (ICNS)' },
  { magic: 'DDS ', name: 'a DDS texture' },
  { magic: '\xabKTX', name: 'a KTX texture' },
  { magic: 'SIMPLE  =', name: 'a FITS image' },
  { magic: '\x0a\x05\x01', name: 'a PCX picture' },
  { magic: '\x01\xda', name: 'an SGI picture' },
  { magic: 'DICM', at: 128, name: 'a DICOM image' },
  { magic: 'BPG\xfb', name: 'a BPG picture' },
  { magic: '\xd7\xcd\xc6\x9a', name: 'a Windows metafile' },
  { magic: ' EMF', at: 40, name: 'a Windows metafile' },
  { magic: 'FLIF', name: 'a FLIF picture' },
  { magic: 'AT&TFORM', name: 'a DjVu document', advice: DOCUMENT },
  { magic: '%PDF-', name: 'a PDF document', advice: DOCUMENT },
  { magic: '%!PS', name: 'a PostScript document', advice: DOCUMENT },
  { magic: '\xc5\xd0\xd3\xc6', name: 'a PostScript document', advice: DOCUMENT },
  { magic: 'FUJIFILMCCD-RAW', ...RAW },
  { magic: 'IIRO', ...RAW },
  { magic: 'IIRS', ...RAW },
  { magic: 'MMOR', ...RAW },
  { magic: 'IIU\x00', ...RAW },
  { magic: 'CR', at: 8, ...RAW },
  { magic: 'FOVb', ...RAW },
  { magic: '\x00MRM', ...RAW },
  { magic: 'RIFF', ...VIDEO },
  { magic: '\x1a\x45\xdf\xa3', ...VIDEO },
  { magic: 'FLV\x01', ...VIDEO },
  { magic: '\x00\x00\x01\xba', ...VIDEO },
  { magic: '\x00\x00\x01\xb3', ...VIDEO },
  { magic: '\x30\x26\xb2\x75\x8e\x66\xcf\x11', ...VIDEO },
  { magic: 'moov', at: 4, ...VIDEO },
  { magic: 'mdat', at: 4, ...VIDEO },
  {
    magic: 'PK\x03\x04',
    name: 'a ZIP archive or an office document',
    advice: 'Send the pictures in it one by one.',
  },
  { magic: '\x1f\x8b', name: 'a gzip file', advice: 'Unpack it and send the picture in it.' },
  { magic: 'BZh', name: 'a bzip2 file', advice: 'Unpack it and send the picture in it.' },
  { magic: '\x28\xb5\x2f\xfd', name: 'a Zstandard file', advice: 'Unpack it and send the picture in it.' },
  { magic: '7z\xbc\xaf\x27\x1c', name: 'a 7z archive', advice: 'Send the pictures in it one by one.' },
  { magic: 'Rar!', name: 'a RAR archive', advice: 'Send the pictures in it one by one.' },
  { magic: 'ustar', at: 257, name: 'a tar archive', advice: 'Send the pictures in it one by one.' },
  { magic: 'OggS', ...VIDEO },
  { magic: 'ID3', ...VIDEO },
];

const ISO_MEDIA: Readonly<Record<Exclude<IsoMedia, 'avif'>, OtherKind>> = {
  heic: HEIC,
  raw: RAW,
  video: VIDEO,
};

/** In text, from its first character that is no space on. */
const BY_TEXT: readonly (OtherKind & { readonly pattern: RegExp })[] = [
  {
    pattern: /^(<\?xml[^]*|<!--[^]*|<!DOCTYPE svg[^]*)?<svg[\s>]/i,
    name: 'an SVG drawing',
    advice: 'Export it as PNG.',
  },
  {
    pattern: /^<(!doctype html|html|head|body|!--|script)/i,
    name: 'a web page (HTML)',
    advice: 'Save the picture on the page, not the page.',
  },
  { pattern: /^<\?xml/, name: 'an XML document', advice: 'Send a picture.' },
  { pattern: /^P[1-7][\s#]/, name: 'a Netpbm picture (PPM, PGM or PBM)' },
  { pattern: /^P[Ff]\s/, name: 'a PFM picture' },
  { pattern: /^\/\* XPM \*\//, name: 'an XPM picture' },
  { pattern: /^#define \w+_width \d/, name: 'an XBM picture' },
  {
    pattern: /^version https:\/\/git-lfs/,
    name: "Git LFS's pointer to a file",
    advice: 'Fetch the file itself (git lfs pull) and send that.',
  },
  {
    pattern: /^(data:image\/|\/9j\/|iVBORw0KGgo|R0lGOD|UklGR)/,
    name: 'a picture in base64 text',
    advice: "Decode the text to bytes first, or send it as 'base64'.",
  },
  { pattern: /^[{[]\s*["{[\]}\d]/, name: 'JSON', advice: 'Send a picture.' },
];

const TEXT: OtherKind = { name: 'a text file', advice: 'Send a picture.' };
/** Enough of a file to tell text from pixels, and an SVG behind its comments. */
const TEXT_BYTES = 1024;
/** Control characters that no text has. */
// eslint-disable-next-line no-control-regex
const NO_TEXT = /[\x00-\x08\x0e-\x1a\x1c-\x1f]/;

/** The kind of a file that is of no accepted format; undefined for one that is not known here. */
export function otherKindOf(bytes: Uint8Array): OtherKind | undefined {
  const brands = brandsOf(bytes);
  if (brands.length > 0) {
    const media = isoMediaOf(brands);
    return media === 'avif' ? undefined : ISO_MEDIA[media];
  }
  return BY_MAGIC.find(({ magic, at = 0 }) => has(bytes, at, magic)) ?? textKindOf(bytes);
}

function textKindOf(bytes: Uint8Array): OtherKind | undefined {
  const start = textAt(bytes, 0, TEXT_BYTES);
  const utf16 = /^(\xff\xfe|\xfe\xff)/.test(start);
  const text = start
    .replace(/^\xef\xbb\xbf|^\xff\xfe|^\xfe\xff/, '')
    .replaceAll(utf16 ? '\0' : '', '')
    .trimStart();
  const known = BY_TEXT.find(({ pattern }) => pattern.test(text));
  if (known) return known;
  return text.length < 4 || NO_TEXT.test(text) ? undefined : TEXT;
}
