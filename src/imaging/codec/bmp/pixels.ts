import { viewOf } from '../bytes.js';
import { damaged } from '../unreadable.js';
import { readBmpHeader, type BmpHeader, type ChannelMasks } from './header.js';
import { unpackRuns } from './rle.js';

/** Decoded pixels, row by row from the upper left corner: RGB or, with transparency, RGBA. Values 0..255. */
export interface BmpPixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly pixels: Uint8Array;
}

/**
 * Decodes a BMP file. The caller has seen to it that its size is one to make room for.
 * @throws CodedError BAD_IMAGE
 */
export function decodeBmp(bytes: Uint8Array): BmpPixels {
  const header = readBmpHeader(bytes);
  try {
    const { bits } = header;
    if (bits <= 8) return fromPalette(bytes, header);
    return bits === 24 ? fromTriples(bytes, header) : fromFields(bytes, header);
  } catch (cause) {
    throw damaged(cause);
  }
}

function fromPalette(bytes: Uint8Array, header: BmpHeader): BmpPixels {
  const { width, height, bits, packing, start, palette } = header;
  const red = Uint8Array.from({ length: 256 }, (_, index) => palette[index]?.[2] ?? 0);
  const green = Uint8Array.from({ length: 256 }, (_, index) => palette[index]?.[1] ?? 0);
  const blue = Uint8Array.from({ length: 256 }, (_, index) => palette[index]?.[0] ?? 0);
  const runs = packing === 'none' ? undefined : unpackRuns(bytes.subarray(start), header, packing === 'rle4');
  const rowStart = runs ? (row: number) => row * width : rowsIn(bytes, header);
  const source = runs ?? bytes;
  const pixelBits = runs ? 8 : bits;
  const mask = 2 ** pixelBits - 1;
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y += 1) {
    const from = rowStart(storedRow(header, y));
    for (let x = 0; x < width; x += 1, to += 3) {
      const bit = x * pixelBits;
      const byte = source[from + (bit >> 3)] ?? 0;
      const index = (byte >> (8 - pixelBits - (bit & 7))) & mask;
      pixels[to] = red[index] ?? 0;
      pixels[to + 1] = green[index] ?? 0;
      pixels[to + 2] = blue[index] ?? 0;
    }
  }
  return { width, height, channels: 3, pixels };
}

function fromTriples(bytes: Uint8Array, header: BmpHeader): BmpPixels {
  const { width, height } = header;
  const rowStart = rowsIn(bytes, header);
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y += 1) {
    let from = rowStart(storedRow(header, y));
    for (let x = 0; x < width; x += 1, to += 3, from += 3) {
      pixels[to] = bytes[from + 2] ?? 0;
      pixels[to + 1] = bytes[from + 1] ?? 0;
      pixels[to + 2] = bytes[from] ?? 0;
    }
  }
  return { width, height, channels: 3, pixels };
}

function fromFields(bytes: Uint8Array, header: BmpHeader): BmpPixels {
  const { width, height, bits, masks } = header;
  const rowStart = rowsIn(bytes, header);
  const view = viewOf(bytes);
  const wide = bits === 32;
  const channels = masks.alpha === 0 ? 3 : 4;
  const readers = readersOf(masks, channels);
  const pixels = new Uint8Array(width * height * channels);
  for (let y = 0, to = 0; y < height; y += 1) {
    const from = rowStart(storedRow(header, y));
    for (let x = 0; x < width; x += 1) {
      const value = wide ? view.getUint32(from + x * 4, true) : view.getUint16(from + x * 2, true);
      for (const read of readers) {
        pixels[to] = read(value);
        to += 1;
      }
    }
  }
  return { width, height, channels, pixels: channels === 4 ? shown(pixels) : pixels };
}

/** A picture that is transparent all over is one whose writer left the alpha channel empty: browsers show it, too. */
function shown(rgba: Uint8Array): Uint8Array {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 0) return rgba;
  for (let at = 3; at < rgba.length; at += 4) rgba[at] = 255;
  return rgba;
}

/** How to get each channel from a pixel's value, scaled to 0..255. */
function readersOf(
  { red, green, blue, alpha }: ChannelMasks,
  channels: 3 | 4,
): ((value: number) => number)[] {
  return [red, green, blue, alpha].slice(0, channels).map((mask) => {
    if (mask === 0) return () => 0;
    const shift = 31 - Math.clz32(mask & -mask);
    const max = mask >>> shift;
    if ((max & (max + 1)) !== 0) throw new RangeError('A channel’s bits are not side by side');
    return (value) => Math.round((((value & mask) >>> shift) * 255) / max);
  });
}

function storedRow({ height, topDown }: BmpHeader, y: number): number {
  return topDown ? y : height - 1 - y;
}

/**
 * Where the rows of an unpacked picture begin, which are padded to four bytes.
 * @throws RangeError when the file ends before the last of them
 */
function rowsIn(bytes: Uint8Array, { width, height, bits, start }: BmpHeader): (row: number) => number {
  const stride = Math.ceil((width * bits) / 32) * 4;
  // The last row's padding is missing in some files, and nobody misses it.
  const end = start + stride * (height - 1) + Math.ceil((width * bits) / 8);
  if (end > bytes.length) throw new RangeError(`Rows up to byte ${end} in ${bytes.length}`);
  return (row) => start + row * stride;
}
