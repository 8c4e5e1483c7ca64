import { staged } from '../../platform/timeline.js';
import { channelOf, colourOf, isTransparent, withAlpha } from '../channels.js';
import type { Picture, Size } from '../picture.js';
import { isSmall } from '../small.js';
import { plainJpeg } from './jpeg/plain.js';
import { decodeTurbo } from './jpeg/turbo.js';
import { openFile } from './open.js';
import type { Sharp } from './sharp.js';
import { damaged } from './unreadable.js';

/** @see https://www.w3.org/TR/png-3/#7Integers-and-byte-order : values of 0..255, so white for transparent parts */
const WHITE = { r: 255, g: 255, b: 255 };

let decoded = 0;

/** How many decodes of image files this thread has made so far: what proves that a request costs one for each scale. */
export function filesDecoded(): number {
  return decoded;
}

/**
 * Decodes an image once: the first frame, turned as displayed, flattened on white, 8-bit RGB. Decoding to a
 * smaller size is much cheaper for a JPEG than decoding all of it, and never reads more memory than it needs.
 * @param size what the whole picture is scaled to
 * @throws CodedError BAD_IMAGE when the file is damaged, cut off, or of a kind that is not read
 */
export async function decode(bytes: Uint8Array, size: Size): Promise<Picture> {
  const file = await openFile(bytes);
  const flattened = file.resize(size.width, size.height, { fit: 'fill' }).flatten({ background: WHITE });
  return colourOf(await pixelsOf(flattened));
}

/**
 * Decodes a small JPEG of the usual kind for networks to look at, in a fraction of the time of `decode`, at its own
 * size; see jpeg/turbo.ts.
 * @returns undefined for any other file, and a damaged one: `decode` reads it, or says why it cannot be read
 */
export async function decodeSmall(bytes: Uint8Array): Promise<Picture | undefined> {
  const plain = plainJpeg(bytes);
  if (!plain || !isSmall(plain.stored)) return undefined;
  const picture = await staged('decode', () => Promise.resolve(decodeTurbo(bytes, plain)));
  if (picture) decoded += 1;
  return picture;
}

/**
 * Decodes an image once, with its transparency: the first frame, turned as displayed, 8-bit RGBA, at its full size.
 * @throws CodedError BAD_IMAGE when the file is damaged, cut off, or of a kind that is not read
 */
export async function decodeTransparent(bytes: Uint8Array): Promise<Picture> {
  return pixelsOf((await openFile(bytes)).ensureAlpha());
}

/**
 * Reads an image file to its end, where damage shows, as cheaply as can be.
 * @returns whether some of the picture is not opaque
 * @throws CodedError BAD_IMAGE when the file is damaged, cut off, or of a kind that is not read
 */
export async function readToEnd(bytes: Uint8Array): Promise<{ transparent: boolean }> {
  const file = await openFile(bytes);
  if ((await metadataOf(file)).hasAlpha) {
    return { transparent: isTransparent(await pixelsOf(file.ensureAlpha())) };
  }
  await pixelsOf(file.resize(1, 1, { fit: 'fill' }));
  return { transparent: false };
}

/** Reads a file that `encodeLosslessly` wrote, with the channels that it was written with. */
export async function decodeLosslessly(bytes: Uint8Array): Promise<Picture> {
  const file = await openFile(bytes);
  const { channels } = await metadataOf(file);
  if (channels === 3) return pixelsOf(file);
  const rgba = await pixelsOf(file.ensureAlpha());
  if (channels === 4) return rgba;
  const grey = channelOf(rgba, 0);
  return channels === 1 ? grey : withAlpha(grey, channelOf(rgba, 3).pixels);
}

async function metadataOf(file: Sharp) {
  try {
    return await file.metadata();
  } catch (cause) {
    throw damaged(cause);
  }
}

async function pixelsOf(file: Sharp): Promise<Picture> {
  decoded += 1;
  try {
    const { data, info } = await staged('decode', () =>
      file.toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }),
    );
    return { width: info.width, height: info.height, channels: info.channels, pixels: data };
  } catch (cause) {
    throw damaged(cause);
  }
}
