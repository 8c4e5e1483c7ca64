import { has } from './bytes.js';
import { isBmp } from './bmp/header.js';
import { brandsOf, isoMediaOf } from './iso-media.js';
import { checkJpeg } from './jpeg/refuse.js';
import { otherKindOf } from './other-kinds.js';
import { notRead } from './unreadable.js';

/** What a file is, as in a media type. */
export const FILE_FORMATS = ['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif', 'bmp'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

const MAGIC: Readonly<Record<FileFormat, (bytes: Uint8Array) => boolean>> = {
  jpeg: (bytes) => has(bytes, 0, '\xff\xd8\xff'),
  png: (bytes) => has(bytes, 0, '\x89PNG\r\n\x1a\n'),
  webp: (bytes) => has(bytes, 0, 'RIFF') && has(bytes, 8, 'WEBP'),
  avif: (bytes) => brandsOf(bytes).length > 0 && isoMediaOf(brandsOf(bytes)) === 'avif',
  // The second version of each has 64-bit places; CR2 and other raw files begin like the first.
  tiff: (bytes) =>
    ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].some((magic) => has(bytes, 0, magic)) && !has(bytes, 8, 'CR\x02'),
  gif: (bytes) => has(bytes, 0, 'GIF87a') || has(bytes, 0, 'GIF89a'),
  bmp: isBmp,
};

/**
 * Recognises a file by its first bytes, whatever it is called.
 * @throws CodedError BAD_IMAGE, naming the kind of a file that is not read
 */
export function recognise(bytes: Uint8Array): FileFormat {
  const format = FILE_FORMATS.find((name) => MAGIC[name](bytes));
  if (format === undefined) throw unrecognised(bytes);
  if (format === 'jpeg') checkJpeg(bytes);
  // Apple's tools write these for iPhone applications: channels swapped and a stream without its header.
  if (format === 'png' && has(bytes, 12, 'CgBI')) throw notRead("a PNG in Apple's own form (CgBI)");
  return format;
}

function unrecognised(bytes: Uint8Array): Error {
  const other = otherKindOf(bytes);
  if (other) return notRead(other.name, other.advice);
  return notRead(
    'of an unknown kind',
    `Check that it opens elsewhere, and that it is sent as it is on disk.`,
  );
}
