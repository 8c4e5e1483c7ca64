import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/imaging/codec/decode.js';
import { readHeader } from '../../../src/imaging/codec/header.js';
import type { Picture } from '../../../src/imaging/picture.js';
import { asSharp, maxDifference, pixelAt, scene } from '../../kit/pictures.js';
import { LIMITS, read } from './read.js';

/**
 * For each EXIF orientation, where a stored pixel is displayed, as the standard's table of "0th row" and
 * "0th column" says (CIPA DC-008, 4.6.4.1.3 Orientation); `right` and `bottom` are the last stored ones.
 */
const DISPLAYED_AT: Record<
  number,
  (x: number, y: number, right: number, bottom: number) => [number, number]
> = {
  1: (x, y) => [x, y],
  2: (x, y, right) => [right - x, y],
  3: (x, y, right, bottom) => [right - x, bottom - y],
  4: (x, y, _, bottom) => [x, bottom - y],
  5: (x, y) => [y, x],
  6: (x, y, _, bottom) => [bottom - y, x],
  7: (x, y, right, bottom) => [bottom - y, right - x],
  8: (x, y, right) => [y, right - x],
};

const STORED = quadrants({ width: 64, height: 32 });
const CASES = Object.entries(DISPLAYED_AT).map(([orientation, at]) => ({
  orientation: Number(orientation),
  at,
}));

describe.each(CASES)('EXIF orientation $orientation', ({ orientation, at }) => {
  const sideways = orientation > 4;
  const displayed = sideways ? { width: 32, height: 64 } : { width: 64, height: 32 };
  const file = (format: 'jpeg' | 'webp' | 'png') =>
    asSharp(STORED).withMetadata({ orientation }).toFormat(format, { quality: 95 }).toBuffer();

  it.each(['jpeg', 'webp', 'png'] as const)('is told as displayed by the header of a %s', async (format) => {
    expect(await readHeader(await file(format), LIMITS)).toMatchObject(displayed);
  });

  it.each(['jpeg', 'webp', 'png'] as const)('is applied when a %s is decoded', async (format) => {
    expectTurned(await read(await file(format)), at);
  });

  it('is applied when a JPEG is decoded to a quarter of its size', async () => {
    const size = { width: displayed.width / 4, height: displayed.height / 4 };
    const small = await decode(await file('jpeg'), size);

    expect([small.width, small.height]).toEqual([size.width, size.height]);
    expectTurned(small, at);
  });
});

/** Four colours, one for each corner; no turn or flip of it looks like another. */
function quadrants({ width, height }: { width: number; height: number }): Picture {
  const picture = scene({ width, height });
  const colours = [
    [230, 30, 30],
    [30, 200, 30],
    [30, 30, 220],
    [220, 220, 40],
  ];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = colours[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)] ?? [];
      picture.pixels.set(colour, (y * width + x) * 3);
    }
  }
  return picture;
}

function expectTurned(
  turned: Picture,
  at: (x: number, y: number, right: number, bottom: number) => [number, number],
): void {
  const zoom = Math.max(turned.width, turned.height) / STORED.width;
  for (const [x, y] of [
    [16, 8],
    [48, 8],
    [16, 24],
    [48, 24],
  ] as const) {
    const [column, row] = at(x, y, STORED.width, STORED.height).map((value) => Math.floor(value * zoom));
    const found = pixelAt(turned, column ?? -1, row ?? -1);
    expect(maxDifference(found, pixelAt(STORED, x, y)), `stored pixel ${x},${y}`).toBeLessThan(16);
  }
}
