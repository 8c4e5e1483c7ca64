import { decode } from '../../imaging/codec/decode.js';
import { encode } from '../../imaging/codec/encode.js';
import { scaleTo } from '../../imaging/codec/scale.js';
import type { EncodedImage, Region, Size } from '../../imaging/picture.js';
import { paste } from '../../imaging/tiles.js';

/**
 * The longest side of a preview, in pixels: the results of small pictures are seen pixel by pixel, and those of all
 * others are cheap to make again and again.
 */
const LONGEST_SIDE = 1920;

/** A finished tile: a PNG file and the part of the input that it enlarges. */
export interface FinishedTile {
  readonly png: Uint8Array;
  readonly core: Region;
}

/**
 * Shows how far a job has come: finished tiles over a plain upscale of the input.
 * @param bytes the input's image file
 * @param displayed the input's size
 * @param factor how many times wider and higher the result will be
 */
export async function preview(
  bytes: Uint8Array,
  displayed: Size,
  factor: number,
  tiles: readonly FinishedTile[],
): Promise<EncodedImage> {
  const zoom = Math.min(factor, LONGEST_SIDE / Math.max(displayed.width, displayed.height));
  const scaled = at(zoom, { left: 0, top: 0, ...displayed });
  const input = await decode(bytes, displayed);
  const canvas = await scaleTo(input, scaled);
  for (const { png, core } of tiles) {
    const place = at(zoom, core);
    paste((await decode(png, place)).pixels, place, canvas);
  }
  return encode(canvas, 'JPEG');
}

/** Edges are rounded rather than sizes, so that neighbouring tiles meet. */
function at(zoom: number, region: Region): Region {
  const left = Math.round(region.left * zoom);
  const top = Math.round(region.top * zoom);
  return {
    left,
    top,
    width: Math.max(1, Math.round((region.left + region.width) * zoom) - left),
    height: Math.max(1, Math.round((region.top + region.height) * zoom) - top),
  };
}
