/**
 * What stands before the pixels of a BMP file, in all of its versions.
 * @see https://learn.microsoft.com/windows/win32/gdi/bitmap-storage
 * @see https://entropymine.com/jason/bmpsuite/ : the variants that programs write
 */
import { has, viewOf } from '../bytes.js';
import { damaged, notRead } from '../unreadable.js';

const FILE_HEADER = 14;
/** OS/2's first, Windows's first, its two unpublished ones, OS/2's second (whole and cut), versions 4 and 5. */
const HEADER_SIZES = [12, 40, 52, 56, 64, 16, 108, 124];
const CORE = 12;

/** Which bits of a pixel hold a channel; 0 for none. */
export interface ChannelMasks {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  /** The first row in the file is the upper one; most files have the lowest first. */
  readonly topDown: boolean;
  /** Of a pixel: 1, 2, 4 or 8 bits are a number in the palette, 16, 24 and 32 a colour. */
  readonly bits: number;
  readonly packing: 'none' | 'rle4' | 'rle8';
  /** Of pixels of 16 and 32 bits. */
  readonly masks: ChannelMasks;
  /** Colours of three bytes, blue first. */
  readonly palette: readonly Uint8Array[];
  /** Where the pixels begin in the file. */
  readonly start: number;
}

/** `BM` begins many a text; the header's size tells a picture. */
export function isBmp(bytes: Uint8Array): boolean {
  return (
    has(bytes, 0, 'BM') &&
    bytes.length >= FILE_HEADER + 4 &&
    HEADER_SIZES.includes(viewOf(bytes).getUint32(FILE_HEADER, true))
  );
}

const NO_MASKS: ChannelMasks = { red: 0, green: 0, blue: 0, alpha: 0 };
const USUAL_MASKS: Readonly<Record<number, ChannelMasks>> = {
  16: { red: 0x7c00, green: 0x03e0, blue: 0x001f, alpha: 0 },
  // The fourth byte means nothing here, although some programs write transparency into it.
  32: { red: 0xff0000, green: 0xff00, blue: 0xff, alpha: 0 },
};

/** By the header's number: what bits a pixel may have with it, and how its rows are packed. */
const COMPRESSIONS: Readonly<
  Record<number, { readonly bits: readonly number[]; readonly packing: BmpHeader['packing'] }>
> = {
  0: { bits: [1, 2, 4, 8, 16, 24, 32], packing: 'none' },
  1: { bits: [8], packing: 'rle8' },
  2: { bits: [4], packing: 'rle4' },
  3: { bits: [16, 32], packing: 'none' },
  6: { bits: [16, 32], packing: 'none' },
};
const WITH_MASKS = [3, 6];
const WITH_ALPHA_MASK = 6;

/**
 * Reads the header; nothing is allocated by what it says.
 * @throws CodedError BAD_IMAGE
 */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  const view = viewOf(bytes);
  try {
    const headerBytes = view.getUint32(FILE_HEADER, true);
    return headerBytes === CORE ? coreHeader(bytes, view) : infoHeader(bytes, view, headerBytes);
  } catch (cause) {
    throw damaged(cause);
  }
}

function coreHeader(bytes: Uint8Array, view: DataView): BmpHeader {
  const size = sizeOf(view.getUint16(18, true), view.getUint16(20, true));
  const bits = view.getUint16(24, true);
  const { packing } = compressionOf(0, bits);
  const colours = FILE_HEADER + CORE;
  const palette = paletteOf(bytes, { at: colours, entry: 3, colours: coloursOf(bits) });
  const start = startOf(view, colours, colours + palette.length * 3);
  return { ...size, bits, packing, masks: USUAL_MASKS[bits] ?? NO_MASKS, palette, start };
}

function infoHeader(bytes: Uint8Array, view: DataView, headerBytes: number): BmpHeader {
  const size = sizeOf(view.getInt32(18, true), view.getInt32(22, true));
  const bits = view.getUint16(28, true);
  // OS/2's cut header ends before these.
  const optional = (at: number) => (at + 4 <= FILE_HEADER + headerBytes ? view.getUint32(at, true) : 0);
  const compression = optional(30);
  const os2 = headerBytes === 64 || headerBytes === 16;
  if (os2 && compression > 2) throw notRead('a BMP that is compressed in OS/2’s own way');
  const { packing } = compressionOf(compression, bits);
  const masked = WITH_MASKS.includes(compression);
  // The first version has its masks behind the header, later ones in it, at the same place.
  const masksInside = headerBytes >= 52 && !os2;
  const masksBehind = masked && !masksInside ? (compression === WITH_ALPHA_MASK ? 16 : 12) : 0;
  const withAlpha = masksInside ? headerBytes >= 56 : compression === WITH_ALPHA_MASK;
  const headerEnd = FILE_HEADER + headerBytes + masksBehind;
  const used = optional(46);
  const max = coloursOf(bits);
  const palette = paletteOf(bytes, {
    at: headerEnd,
    entry: 4,
    colours: used === 0 ? max : Math.min(used, max),
  });
  return {
    ...size,
    bits,
    packing,
    masks: masked ? masksAt(view, FILE_HEADER + 40, withAlpha) : (USUAL_MASKS[bits] ?? NO_MASKS),
    palette,
    start: startOf(view, headerEnd, headerEnd + palette.length * 4),
  };
}

function sizeOf(width: number, height: number): Pick<BmpHeader, 'width' | 'height' | 'topDown'> {
  if (width <= 0 || height === 0) throw new RangeError(`A BMP of ${width}x${height} pixels`);
  return { width, height: Math.abs(height), topDown: height < 0 };
}

function compressionOf(number: number, bits: number): { readonly packing: BmpHeader['packing'] } {
  const compression = COMPRESSIONS[number];
  if (number === 4) throw notRead('a BMP that only wraps a JPEG');
  if (number === 5) throw notRead('a BMP that only wraps a PNG');
  if (!compression) throw notRead(`a BMP with compression number ${number}, which is not known here`);
  if (!compression.bits.includes(bits))
    throw new RangeError(`${bits} bits a pixel with compression ${number}`);
  return compression;
}

function coloursOf(bits: number): number {
  return bits <= 8 ? 2 ** bits : 0;
}

function paletteOf(
  bytes: Uint8Array,
  { at, entry, colours }: { at: number; entry: number; colours: number },
): Uint8Array[] {
  const palette = Array.from({ length: colours }, (_, index) =>
    bytes.subarray(at + index * entry, at + index * entry + 3),
  );
  return palette.filter((colour) => colour.length === 3);
}

function masksAt(view: DataView, at: number, withAlpha: boolean): ChannelMasks {
  const mask = (index: number) => view.getUint32(at + index * 4, true);
  return { red: mask(0), green: mask(1), blue: mask(2), alpha: withAlpha ? mask(3) : 0 };
}

/** A place before the header's end is none; some programs write 0. */
function startOf(view: DataView, headerEnd: number, paletteEnd: number): number {
  const start = view.getUint32(10, true);
  return start >= headerEnd ? start : paletteEnd;
}
