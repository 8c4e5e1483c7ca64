import { describe, expect, it } from 'vitest';
import type { Size } from '../../src/imaging/picture.js';
import { cut, paste, scaledBy, tilesOf, type Tile } from '../../src/imaging/tiles.js';
import { between, maxDifference, noise, pixelAt, randomNumbers } from '../kit/pictures.js';
import { told } from './sizes.js';

interface Case {
  readonly picture: Size;
  readonly edge: number;
  readonly overlap: number;
  readonly tiles: readonly Tile[];
}

/** Every width and height from 1 to 600 occurs, in shapes from a line to a square. */
const CASES: readonly Case[] = [...everySide(600)].map((picture, index) => {
  const edge = [1, 7, 64, 192, 256, 1000][index % 6] ?? 64;
  const overlap = [0, 1, 8, 16, 300][index % 5] ?? 0;
  const fitting = edge < 7 && picture.width * picture.height > 5000 ? 64 : edge;
  return { picture, edge: fitting, overlap, tiles: tilesOf(picture, fitting, overlap) };
});

describe('the tiles of a picture', () => {
  it('cover each pixel with exactly one core', () => {
    for (const { picture, tiles, ...rest } of CASES) {
      const covered = new Uint8Array(picture.width * picture.height);
      for (const { core } of tiles) {
        for (let y = core.top; y < core.top + core.height; y += 1) {
          for (let x = core.left; x < core.left + core.width; x += 1) {
            const at = y * picture.width + x;
            covered[at] = (covered[at] ?? 0) + 1;
          }
        }
      }
      const area = tiles.reduce((sum, { core }) => sum + core.width * core.height, 0);
      expect(area, name(picture, rest)).toBe(covered.length);
      expect(
        covered.every((times) => times === 1),
        name(picture, rest),
      ).toBe(true);
    }
  });

  it('have cores of at least one pixel and at most the edge that was asked for', () => {
    for (const { picture, edge, overlap, tiles } of CASES) {
      const misfits = tiles.filter(
        ({ core: { width, height } }) => Math.min(width, height) < 1 || Math.max(width, height) > edge,
      );
      expect(misfits, name(picture, { edge, overlap })).toEqual([]);
    }
  });

  it('are padded within the picture, by the whole overlap where there is so much', () => {
    for (const { picture, edge, overlap, tiles } of CASES) {
      const misfits = tiles.filter(({ core, padded }) => {
        const left = Math.max(0, core.left - overlap);
        const top = Math.max(0, core.top - overlap);
        const right = Math.min(picture.width, core.left + core.width + overlap);
        const bottom = Math.min(picture.height, core.top + core.height + overlap);
        const isSo = padded.left === left && padded.top === top;
        return !isSo || padded.left + padded.width !== right || padded.top + padded.height !== bottom;
      });
      expect(misfits, name(picture, { edge, overlap })).toEqual([]);
    }
  });

  it('are numbered in their order', () => {
    for (const { tiles } of CASES)
      expect(tiles.map(({ index }) => index)).toEqual(tiles.map((_, index) => index));
  });

  it("are a single one, of the picture's own size, where the picture is no larger than a tile", () => {
    const whole = { left: 0, top: 0, width: 192, height: 100 };

    expect(tilesOf({ width: 192, height: 100 }, 192, 12)).toEqual([{ index: 0, core: whole, padded: whole }]);
  });

  it('are of about equal size', () => {
    const sides = tilesOf({ width: 200, height: 1 }, 64, 0).map(({ core }) => core.width);

    expect(sides).toEqual([50, 50, 50, 50]);
  });
});

describe('cutting and pasting', () => {
  it('takes a region out pixel by pixel', () => {
    const picture = noise({ width: 12, height: 9 }, 31);
    const region = { left: 3, top: 2, width: 4, height: 5 };

    const part = { ...region, channels: 3 as const, pixels: cut(picture.pixels, picture, region) };

    expect(pixelAt(part, 0, 0)).toEqual(pixelAt(picture, 3, 2));
    expect(pixelAt(part, 3, 4)).toEqual(pixelAt(picture, 6, 6));
  });

  it('puts a picture together again from the cores of its tiles', () => {
    const random = randomNumbers(32);
    for (let round = 0; round < 60; round += 1) {
      const picture = noise({ width: between(random, 1, 90), height: between(random, 1, 90) }, round);
      const copy = new Uint8Array(picture.pixels.length);
      for (const { core } of tilesOf(picture, between(random, 1, 40), 3)) {
        paste(cut(picture.pixels, picture, core), core, copy, picture);
      }
      expect(maxDifference(copy, picture.pixels), told(picture)).toBe(0);
    }
  });

  it('leaves everything outside the region alone', () => {
    const canvas = new Uint8Array(4 * 4 * 3).fill(7);

    paste(new Uint8Array(2 * 2 * 3).fill(9), { left: 1, top: 1, width: 2, height: 2 }, canvas, {
      width: 4,
      height: 4,
    });

    expect(canvas.filter((value) => value === 9)).toHaveLength(12);
    expect(canvas.filter((value) => value === 7)).toHaveLength(36);
  });

  it('scales a region on all sides', () => {
    expect(scaledBy({ left: 1, top: 2, width: 3, height: 4 }, 4)).toEqual({
      left: 4,
      top: 8,
      width: 12,
      height: 16,
    });
  });
});

function* everySide(most: number): Generator<Size> {
  for (let side = 1; side <= most; side += 1) {
    yield { width: side, height: 1 };
    yield { width: 1, height: side };
    // Coprime steps, so that odd and even sides meet in every combination.
    yield { width: side, height: ((side * 37) % 97) + 1 };
    if (side % 53 === 0) yield { width: side, height: most - side + 1 };
  }
  yield { width: most, height: most };
}

function name(picture: Size, { edge, overlap }: { edge: number; overlap: number }): string {
  return `${told(picture)}, edge ${edge}, overlap ${overlap}`;
}
