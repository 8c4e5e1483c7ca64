import type { Channels, Picture, Region, Size } from './picture.js';

/**
 * How far a tile goes beyond the picture's own edges, where pixels are mirrored, in pixels. A network that pads
 * with zeros sees a dark frame around the picture, and answers with a rim. Zeros that are so far away no longer
 * change what it makes of the edge by a whole level; docs/decisions/0019 has the figures.
 */
const MIRRORED_EDGE = 6;

/** One part of a picture that is processed by itself. */
export interface Tile {
  readonly index: number;
  /** The pixels that this tile is responsible for: the cores of all tiles cover the picture exactly once. */
  readonly core: Region;
  /** The core and what a network needs to see around it. It goes a little beyond the picture's edges. */
  readonly padded: Region;
}

/**
 * Splits a picture into tiles of about equal size. A picture no larger than one tile is one tile, at its own size.
 * @param edge the longest side of a core, in pixels
 * @param overlap how far a network looks beyond a pixel, in pixels: with so much context on every side, what is
 *   computed tile by tile equals what would be computed at once
 */
export function tilesOf(picture: Size, edge: number, overlap: number): Tile[] {
  const beyond = Math.min(overlap, MIRRORED_EDGE);
  const columns = spans(picture.width, edge);
  const rows = spans(picture.height, edge);
  return rows.flatMap(([top, bottom], row) =>
    columns.map(([left, right], column) => {
      const paddedLeft = Math.max(-beyond, left - overlap);
      const paddedTop = Math.max(-beyond, top - overlap);
      return {
        index: row * columns.length + column,
        core: { left, top, width: right - left, height: bottom - top },
        padded: {
          left: paddedLeft,
          top: paddedTop,
          width: Math.min(picture.width + beyond, right + overlap) - paddedLeft,
          height: Math.min(picture.height + beyond, bottom + overlap) - paddedTop,
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

/** Copies a region into a picture of its own. Beyond the edges it is mirrored, the pixels at the edge included. */
export function cut(picture: Picture, { left, top, width, height }: Region): Picture {
  const { channels } = picture;
  const part = new Uint8Array(width * height * channels);
  const [from, to] = [Math.max(left, 0), Math.min(left + width, picture.width)];
  const beyond = Array.from({ length: width }, (_, index) => left + index).filter((x) => x < from || x >= to);
  for (let row = 0; row < height; row += 1) {
    const source = mirrored(top + row, picture.height) * picture.width;
    const copy = (first: number, last: number, x: number) => {
      const pixels = picture.pixels.subarray((source + first) * channels, (source + last) * channels);
      part.set(pixels, (row * width + x - left) * channels);
    };
    copy(from, to, from);
    for (const x of beyond) copy(mirrored(x, picture.width), mirrored(x, picture.width) + 1, x);
  }
  return { width, height, channels, pixels: part };
}

/** The place inside that a place beyond the edge shows: 2 1 0 | 0 1 2 | 2 1 0, and so on. */
function mirrored(place: number, length: number): number {
  const period = 2 * length;
  const within = ((place % period) + period) % period;
  return within < length ? within : period - 1 - within;
}

/** Copies pixels of a region's size to where they belong in a larger picture of as many channels. */
export function paste(
  part: Uint8Array,
  region: Region,
  { pixels, width, channels }: { pixels: Uint8Array; width: number; channels: Channels },
): void {
  for (let row = 0; row < region.height; row += 1) {
    const start = row * region.width * channels;
    pixels.set(
      part.subarray(start, start + region.width * channels),
      ((region.top + row) * width + region.left) * channels,
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
