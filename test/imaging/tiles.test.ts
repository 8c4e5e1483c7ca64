import { describe, expect, it } from 'vitest';
import type { Picture, Size } from '../../src/imaging/picture.js';
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

  it('are padded by the whole overlap, but by 6 pixels at most beyond the picture', () => {
    for (const { picture, edge, overlap, tiles } of CASES) {
      const misfits = tiles.filter(({ core, padded }) => {
        const beyond = Math.min(overlap, 6);
        const left = Math.max(-beyond, core.left - overlap);
        const top = Math.max(-beyond, core.top - overlap);
        const right = Math.min(picture.width + beyond, core.left + core.width + overlap);
        const bottom = Math.min(picture.height + beyond, core.top + core.height + overlap);
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
    const core = { left: 0, top: 0, width: 192, height: 100 };
    const padded = { left: -6, top: -6, width: 204, height: 112 };

    expect(tilesOf({ width: 192, height: 100 }, 192, 12)).toEqual([{ index: 0, core, padded }]);
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

    const part = cut(picture, region);

    expect(pixelAt(part, 0, 0)).toEqual(pixelAt(picture, 3, 2));
    expect(pixelAt(part, 3, 4)).toEqual(pixelAt(picture, 6, 6));
  });

  it('mirrors what lies beyond the edges, the pixels at the edge included', () => {
    const row: Picture = { width: 3, height: 1, channels: 1, pixels: Uint8Array.of(1, 2, 3) };

    const { pixels } = cut(row, { left: -5, top: 0, width: 13, height: 1 });

    expect([...pixels]).toEqual([2, 3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1, 2]);
  });

  it.each([1, 2, 3, 4] as const)('mirrors pixels of %i channels in all directions', (channels) => {
    const random = randomNumbers(channels);
    for (const size of [
      { width: 1, height: 1 },
      { width: 2, height: 3 },
      { width: 7, height: 5 },
    ]) {
      const pixels = Uint8Array.from({ length: size.width * size.height * channels }, () =>
        between(random, 0, 255),
      );
      const picture: Picture = { ...size, channels, pixels };

      const part = cut(picture, { left: -6, top: -6, width: size.width + 12, height: size.height + 12 });

      for (let y = -6; y < size.height + 6; y += 1) {
        for (let x = -6; x < size.width + 6; x += 1) {
          const inside = pixelAt(picture, bounced(x, size.width), bounced(y, size.height));
          expect(pixelAt(part, x + 6, y + 6), told(size)).toEqual(inside);
        }
      }
    }
  });

  it('puts a picture together again from the cores of its tiles', () => {
    const random = randomNumbers(32);
    for (let round = 0; round < 60; round += 1) {
      const picture = noise({ width: between(random, 1, 90), height: between(random, 1, 90) }, round);
      const copy = { ...picture, pixels: new Uint8Array(picture.pixels.length) };
      for (const { core } of tilesOf(picture, between(random, 1, 40), 3)) {
        paste(cut(picture, core).pixels, core, copy);
      }
      expect(maxDifference(copy.pixels, picture.pixels), told(picture)).toBe(0);
    }
  });

  it('leaves everything outside the region alone', () => {
    const canvas = new Uint8Array(4 * 4 * 3).fill(7);
    const region = { left: 1, top: 1, width: 2, height: 2 };

    paste(new Uint8Array(2 * 2 * 3).fill(9), region, { width: 4, channels: 3, pixels: canvas });

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

function* everySide(max: number): Generator<Size> {
  for (let side = 1; side <= max; side += 1) {
    yield { width: side, height: 1 };
    yield { width: 1, height: side };
    // Coprime steps, so that odd and even sides meet in every combination.
    yield { width: side, height: ((side * 37) % 97) + 1 };
    if (side % 53 === 0) yield { width: side, height: max - side + 1 };
  }
  yield { width: max, height: max };
}

/** Where one is who walks from 0 to a place, and turns round at each edge with one step on the spot. */
function bounced(place: number, length: number): number {
  let [at, step] = [0, Math.sign(place)];
  for (let walked = 0; walked < Math.abs(place); walked += 1) {
    if (at + step < 0 || at + step >= length) step = -step;
    else at += step;
  }
  return at;
}

function name(picture: Size, { edge, overlap }: { edge: number; overlap: number }): string {
  return `${told(picture)}, edge ${edge}, overlap ${overlap}`;
}
