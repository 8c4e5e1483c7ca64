import { bleed } from '../../imaging/bleed.js';
import { channelOf, colourOf, isGrey, isTransparent, withAlpha } from '../../imaging/channels.js';
import { decode, decodeTransparent } from '../../imaging/codec/decode.js';
import type { Picture, Shape, Size } from '../../imaging/picture.js';

/** Pixels in memory that all threads of a process share, so that tiles are cut and pasted without a copy of the whole. */
export interface SharedPicture extends Shape {
  readonly pixels: SharedArrayBuffer;
}

/**
 * Decodes an image into shared memory, with the channels that it needs: one where it is grey, and alpha only
 * where some of it is transparent. Transparent pixels then have the colours of the visible ones around them.
 * @param keepAlpha false flattens it on white
 */
export async function openShared(
  bytes: Uint8Array,
  displayed: Size,
  keepAlpha: boolean,
): Promise<SharedPicture> {
  const decoded = keepAlpha ? await decodeTransparent(bytes) : await decode(bytes, displayed);
  const picture = withChannelsNeeded(decoded);
  const shared = blankShared(picture);
  pictureOf(shared).pixels.set(picture.pixels);
  return shared;
}

/** A picture in shared memory: black, and transparent where it has alpha. */
export function blankShared({ width, height, channels }: Shape): SharedPicture {
  return { width, height, channels, pixels: new SharedArrayBuffer(width * height * channels) };
}

/** A shared picture as other code knows pictures; nothing is copied. */
export function pictureOf({ width, height, channels, pixels }: SharedPicture): Picture {
  return { width, height, channels, pixels: new Uint8Array(pixels) };
}

function withChannelsNeeded(decoded: Picture): Picture {
  const transparent = isTransparent(decoded);
  const colour = transparent ? bleed(decoded) : colourOf(decoded);
  const needed = isGrey(colour) ? channelOf(colour, 0) : colour;
  return transparent ? withAlpha(needed, channelOf(decoded, decoded.channels - 1).pixels) : needed;
}
