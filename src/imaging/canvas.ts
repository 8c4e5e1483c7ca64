/**
 * A picture that is too large to hold: a file that is filled strip by strip and then encoded from disk. It is an
 * uncompressed TIFF, which the image library reads a few rows at a time.
 * @see https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf : section 2, and 4 to 6 for the tags
 */
import { open, type FileHandle } from 'node:fs/promises';
import { hasAlpha } from './channels.js';
import type { Picture, Shape } from './picture.js';

/** What a reader takes at a time. */
const ROWS_PER_STRIP = 64;
/** Places in a TIFF file are 32-bit numbers. */
const MAX_BYTES = 2 ** 32 - 1;
/** Of a picture as high as such a file can hold. */
const MAX_HEADER_BYTES = 2 ** 28;

const SHORT = 3;
const LONG = 4;
type Tag = readonly [tag: number, type: number, count: number, value: number];

/** The last channel, with nothing multiplied by it. */
const UNASSOCIATED_ALPHA = 2;

/**
 * Makes the file: all black, and transparent where it has alpha.
 * @throws RangeError for a picture that no TIFF file can hold
 */
export async function startCanvas(path: string, shape: Shape): Promise<void> {
  const { width, height, channels } = shape;
  const bytes = width * height * channels;
  if (bytes > MAX_BYTES - MAX_HEADER_BYTES)
    throw new RangeError(`A picture of ${width}x${height} pixels is too large to be stitched`);
  const header = headerOf(shape);
  const file = await open(path, 'wx');
  try {
    await writeAll(file, header, 0);
    await file.truncate(header.length + bytes);
  } finally {
    await file.close();
  }
}

/**
 * Writes rows of the picture, from its left edge to its right one.
 * @param top the first row's place
 */
export async function fillCanvas(path: string, shape: Shape, strip: Picture, top: number): Promise<void> {
  const start = headerOf(shape).length + top * shape.width * shape.channels;
  const file = await open(path, 'r+');
  try {
    await writeAll(file, strip.pixels, start);
  } finally {
    await file.close();
  }
}

/** One write may take a part only, where room runs out: the next one then fails. */
async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const left = bytes.length - done;
    done += (await file.write(bytes, done, left, position + done)).bytesWritten;
  }
}

/** A little-endian TIFF header with one directory and the places of all strips, which follow it in order. */
function headerOf({ width, height, channels }: Shape): Buffer {
  const strips = Math.ceil(height / ROWS_PER_STRIP);
  const stripBytes = ROWS_PER_STRIP * width * channels;
  const extraSamples: readonly Tag[] = hasAlpha(channels) ? [[338, SHORT, 1, UNASSOCIATED_ALPHA]] : [];
  const bits = 8 + 2 + (10 + extraSamples.length) * 12 + 4;
  const places = bits + 8;
  const lengths = places + 4 * strips;
  const start = lengths + 4 * strips;
  const inPlace = strips === 1;
  // One or two short ones lie in the tag itself, and more behind the directory.
  const bitsPerChannel = channels === 1 ? 8 : channels === 2 ? 0x0008_0008 : bits;
  const tags: readonly Tag[] = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, channels, bitsPerChannel],
    // Not compressed.
    [259, SHORT, 1, 1],
    // Grey, black being 0, or RGB.
    [262, SHORT, 1, channels <= 2 ? 1 : 2],
    [273, LONG, strips, inPlace ? start : places],
    [277, SHORT, 1, channels],
    [278, LONG, 1, ROWS_PER_STRIP],
    [279, LONG, strips, inPlace ? height * width * channels : lengths],
    // Channels side by side.
    [284, SHORT, 1, 1],
    ...extraSamples,
  ];
  const header = Buffer.alloc(start);
  header.write('II', 0);
  header.writeUInt16LE(42, 2);
  header.writeUInt32LE(8, 4);
  header.writeUInt16LE(tags.length, 8);
  tags.forEach(([tag, type, count, value], index) => {
    const at = 10 + index * 12;
    header.writeUInt16LE(tag, at);
    header.writeUInt16LE(type, at + 2);
    header.writeUInt32LE(count, at + 4);
    // A short one lies in the first two of the four bytes, which little-endian is the same.
    header.writeUInt32LE(value, at + 8);
  });
  for (let channel = 0; channel < channels; channel += 1) header.writeUInt16LE(8, bits + channel * 2);
  for (let strip = 0; strip < strips; strip += 1) {
    const rows = Math.min(ROWS_PER_STRIP, height - strip * ROWS_PER_STRIP);
    header.writeUInt32LE(start + strip * stripBytes, places + strip * 4);
    header.writeUInt32LE(rows * width * channels, lengths + strip * 4);
  }
  return header;
}
