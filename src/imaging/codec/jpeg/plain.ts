import type { Size } from '../../picture.js';
import { isSmall } from '../../small.js';
import { has, viewOf } from '../bytes.js';
import { exifOrientation } from './orientation.js';

/** A JPEG file of the usual kind, by its header. */
export interface PlainJpeg {
  /** As its pixels lie in the file. */
  readonly stored: Size;
  /** As it is displayed. */
  readonly displayed: Size;
  /** EXIF's, 1..8. */
  readonly orientation: number;
}

const MARKER = {
  baseline: 0xc0,
  extended: 0xc1,
  progressive: 0xc2,
  huffmanTables: 0xc4,
  startOfScan: 0xda,
  quantizationTables: 0xdb,
  restartInterval: 0xdd,
  app0: 0xe0,
  app1: 0xe1,
  app2: 0xe2,
  app14: 0xee,
  app15: 0xef,
  comment: 0xfe,
} as const;
const FRAMES: readonly number[] = [MARKER.baseline, MARKER.extended, MARKER.progressive];
const TABLES: readonly number[] = [
  MARKER.huffmanTables,
  MARKER.quantizationTables,
  MARKER.restartInterval,
  MARKER.comment,
];
/** What Adobe's segment says of three channels that are YCbCr. */
const YCBCR = 1;
/** Usual files have ten; each more is a pass over the whole picture, and a small one may have very many. */
const MAX_SCANS = 30;

/**
 * Reads the header of a JPEG that every decoder makes the same of: 8 bits, YCbCr, Huffman-coded, baseline or
 * progressive, without a colour profile, and with an EXIF orientation that leaves no doubt.
 * @returns undefined for any other file, a damaged one included
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf : B.1.1.3 and B.2
 */
export function plainJpeg(bytes: Uint8Array): PlainJpeg | undefined {
  if (!has(bytes, 0, '\xff\xd8')) return undefined;
  const view = viewOf(bytes);
  let stored: Size | undefined;
  let orientation: number | undefined;
  for (let at = 2; at + 4 <= bytes.length;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const code = view.getUint8(at + 1);
    if (code === 0xff) {
      at += 1;
      continue;
    }
    const body = bytes.subarray(at + 4, at + 2 + view.getUint16(at + 2));
    if (code === MARKER.startOfScan) {
      // A larger one is decoded elsewhere, and its bytes may be many: this is asked on the main thread too.
      if (!stored || (isSmall(stored) && hasManyScans(bytes, at))) return undefined;
      return { stored, displayed: turned(stored, orientation ?? 1), orientation: orientation ?? 1 };
    }
    if (FRAMES.includes(code)) {
      if (stored) return undefined;
      stored = frameSize(body);
      if (!stored) return undefined;
    } else if (code === MARKER.app1 && has(body, 0, 'Exif\0\0')) {
      // Of several, readers take different ones.
      if (orientation !== undefined) return undefined;
      orientation = exifOrientation(body.subarray(6));
      if (orientation === undefined) return undefined;
    } else if (code >= MARKER.app0 && code <= MARKER.app15) {
      if (code === MARKER.app2 && has(body, 0, 'ICC_PROFILE\0')) return undefined;
      if (code === MARKER.app14 && has(body, 0, 'Adobe') && body[11] !== YCBCR) return undefined;
    } else if (!TABLES.includes(code)) {
      return undefined;
    }
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** @returns undefined for a picture that is not of three channels of 8 bits, or whose channels are called RGB */
function frameSize(frame: Uint8Array): Size | undefined {
  if (frame.length < 15 || frame[0] !== 8 || frame[5] !== 3) return undefined;
  if (frame[6] === 0x52 && frame[9] === 0x47 && frame[12] === 0x42) return undefined;
  const view = viewOf(frame);
  const size = { width: view.getUint16(3), height: view.getUint16(1) };
  // A height of 0 comes later, in a marker of its own.
  return size.width > 0 && size.height > 0 ? size : undefined;
}

/** In coded data every FF is followed by 00 or a restart, so that this finds scans alone. */
function hasManyScans(bytes: Uint8Array, from: number): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let scans = 0;
  for (let at = from; at >= 0; at = file.indexOf('\xff\xda', at + 2, 'latin1')) {
    scans += 1;
    if (scans > MAX_SCANS) return true;
  }
  return false;
}

function turned({ width, height }: Size, orientation: number): Size {
  return orientation > 4 ? { width: height, height: width } : { width, height };
}
