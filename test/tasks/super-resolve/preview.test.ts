import { describe, expect, it } from 'vitest';
import { withAlpha } from '../../../src/imaging/channels.js';
import { encodeLosslessly } from '../../../src/imaging/codec/encode.js';
import type { Picture, Region } from '../../../src/imaging/picture.js';
import { tilesOf } from '../../../src/imaging/tiles.js';
import { preview, type FinishedTile } from '../../../src/tasks/super-resolve/preview.js';
import { flat, maxDifference, meanDifference, pixelAt, pngOf, scene } from '../../kit/pictures.js';
import { BLUE, GREEN, opened, RED } from '../pictures.js';

const FACTOR = 4;

describe('a preview', () => {
  it('of a job that has just begun is the input, enlarged', async () => {
    const picture = await previewOf(scene({ width: 60, height: 40 }), []);

    expect([picture.width, picture.height]).toEqual([240, 160]);
    expect(meanDifference(picture.pixels, scene({ width: 240, height: 160 }).pixels)).toBeLessThan(8);
  });

  it('shows finished tiles where they belong, and the input elsewhere', async () => {
    const tiles = tilesOf({ width: 60, height: 40 }, 20, 0);
    const [first, , , , , last] = tiles;

    const picture = await previewOf(flat({ width: 60, height: 40 }, RED), [
      await finished(first?.core, GREEN),
      await finished(last?.core, BLUE),
    ]);

    expect(tiles).toHaveLength(6);
    expect(distance(picture, 40, 40, GREEN)).toBeLessThan(12);
    expect(distance(picture, 200, 120, BLUE)).toBeLessThan(12);
    expect(distance(picture, 120, 40, RED)).toBeLessThan(12);
  });

  it.each([
    { width: 700, height: 501, edge: 192 },
    { width: 1999, height: 3, edge: 333 },
    { width: 7, height: 1777, edge: 100 },
  ])(
    'of $width x $height pixels is no longer than a screen, and its tiles leave no gaps',
    async ({ edge, ...size }) => {
      const tiles = await Promise.all(tilesOf(size, edge, 0).map(({ core }) => finished(core, GREEN, 1)));

      const picture = await previewOf(flat(size, RED), tiles);

      expect(Math.max(picture.width, picture.height)).toBe(1920);
      expect(maxDifference(picture.pixels, flat(picture, GREEN).pixels)).toBeLessThan(12);
    },
  );

  it('shows white where the picture and its tiles are transparent, and grey tiles among colours', async () => {
    const size = { width: 40, height: 20 };
    const clear = (picture: Picture, alpha: number): Picture =>
      withAlpha(picture, new Uint8Array(picture.width * picture.height).fill(alpha));
    const [left, right] = tilesOf(size, 20, 0);
    if (!left || !right) expect.fail('too few tiles');
    const larger = { width: 80, height: 80 };

    const picture = await previewOf(clear(flat(size, RED), 0), [
      { core: left.core, png: await encodeLosslessly(clear(flat(larger, GREEN), 0)) },
      {
        core: right.core,
        png: await encodeLosslessly({ ...larger, channels: 1, pixels: new Uint8Array(6400) }),
      },
    ]);

    expect(distance(picture, 40, 40, [255, 255, 255])).toBeLessThan(4);
    expect(distance(picture, 120, 40, [0, 0, 0])).toBeLessThan(4);
  });

  it('of a single pixel is a picture too', async () => {
    const picture = await previewOf(flat({ width: 1, height: 1 }, BLUE), []);

    expect([picture.width, picture.height]).toEqual([4, 4]);
    expect(distance(picture, 2, 2, BLUE)).toBeLessThan(12);
  });
});

async function previewOf(input: Picture, tiles: FinishedTile[]): Promise<Picture> {
  const encoded = await preview(await pngOf(input), input, FACTOR, tiles);
  expect(encoded.format).toBe('JPEG');
  return opened(encoded);
}

/** A tile of one colour; `factor` tells how many times larger than its core the file is. */
async function finished(
  core: Region | undefined,
  colour: readonly [number, number, number],
  factor = FACTOR,
): Promise<FinishedTile> {
  if (!core) expect.fail('there is no such tile');
  const size = { width: core.width * factor, height: core.height * factor };
  return { core, png: await pngOf(flat(size, colour)) };
}

function distance(picture: Picture, x: number, y: number, colour: readonly number[]): number {
  return maxDifference(pixelAt(picture, x, y), colour);
}
