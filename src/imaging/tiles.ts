import type { Region, Size } from './picture.js';

/** One part of a picture that is processed by itself. */
export interface Tile {
  readonly index: number;
  /** The pixels that this tile is responsible for: the cores of all tiles cover the picture exactly once. */
  readonly core: Region;
  /** The core and what a network needs to see around it, cut at the picture's edges. */
  readonly padded: Region;
}

/**
 * Splits a picture into tiles of about equal size. A picture no larger than one tile is one tile, at its own size.
 * @param edge the longest side of a core, in pixels
 * @param overlap how far a network looks beyond a pixel, in pixels: with so much context on every side, what is
 *   computed tile by tile equals what would be computed at once
 */
export function tilesOf(picture: Size, edge: number, overlap: number): Tile[] {
  const columns = spans(picture.width, edge);
  const rows = spans(picture.height, edge);
  return rows.flatMap(([top, bottom], row) =>
    columns.map(([left, right], column) => {
      const paddedLeft = Math.max(0, left - overlap);
      const paddedTop = Math.max(0, top - overlap);
      return {
        index: row * columns.length + column,
        core: { left, top, width: right - left, height: bottom - top },
        padded: {
          left: paddedLeft,
          top: paddedTop,
          width: Math.min(picture.width, right + overlap) - paddedLeft,
          height: Math.min(picture.height, bottom + overlap) - paddedTop,
        },
      };
    }),
  );
}

function spans(length: number, edge: number): [from: number, to: number][] {
  const count = Math.ceil(length / edge);
  const start = (index: number) => Math.round((index * length) / count);
  return Array.from({ length: count }, (_, index) => [start(index), start(index + 1)]);
}

/** Copies a region of RGB pixels into a buffer of its own. */
export function cut(pixels: Uint8Array, { width }: Size, region: Region): Uint8Array {
  const part = new Uint8Array(region.width * region.height * 3);
  for (let row = 0; row < region.height; row += 1) {
    const start = ((region.top + row) * width + region.left) * 3;
    part.set(pixels.subarray(start, start + region.width * 3), row * region.width * 3);
  }
  return part;
}

/** Copies RGB pixels of a region's size to where they belong in a larger picture. */
export function paste(part: Uint8Array, region: Region, pixels: Uint8Array, { width }: Size): void {
  for (let row = 0; row < region.height; row += 1) {
    const start = row * region.width * 3;
    pixels.set(
      part.subarray(start, start + region.width * 3),
      ((region.top + row) * width + region.left) * 3,
    );
  }
}

/** A region, the given number of times larger. */
export function scaledBy(region: Region, factor: number): Region {
  return {
    left: region.left * factor,
    top: region.top * factor,
    width: region.width * factor,
    height: region.height * factor,
  };
}
