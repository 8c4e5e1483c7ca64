import { describe, expect, it } from 'vitest';
import { countClasses, enlargeClasses } from '../../src/imaging/class-map.js';
import type { Picture } from '../../src/imaging/picture.js';
import { between, pixelAt, randomMap, randomNumbers } from '../kit/pictures.js';
import { told } from './sizes.js';

const CLASSES = 4;

describe('a map of classes', () => {
  it('has exactly the areas that are counted in its enlargement, for any sizes', () => {
    const random = randomNumbers(21);
    for (let round = 0; round < 300; round += 1) {
      const map = randomMap(
        { width: between(random, 1, 60), height: between(random, 1, 60) },
        CLASSES,
        round,
      );
      // Smaller ones as well: a network's map is finer than a thumbnail.
      const size = { width: between(random, 1, 200), height: between(random, 1, 200) };

      expect(countClasses(map, size, CLASSES), `${told(map)} to ${told(size)}`).toEqual(
        counted(enlargeClasses(map, size)),
      );
    }
  });

  it.each([
    [
      { width: 1, height: 1 },
      { width: 10_000, height: 1 },
    ],
    [
      { width: 7, height: 5 },
      { width: 1, height: 1 },
    ],
    [
      { width: 896, height: 512 },
      { width: 1921, height: 1079 },
    ],
  ])('has exactly those areas from $0 to $1', (small, large) => {
    const map = randomMap(small, CLASSES, 22);

    expect(countClasses(map, large, CLASSES)).toEqual(counted(enlargeClasses(map, large)));
  });

  it('counts every pixel once', () => {
    const counts = countClasses(
      randomMap({ width: 13, height: 17 }, CLASSES, 23),
      { width: 640, height: 427 },
      CLASSES,
    );

    expect(counts.reduce((total, count) => total + count)).toBe(640 * 427);
  });

  it('tells 0 for a class that does not occur', () => {
    const map: Picture = { width: 2, height: 1, channels: 1, pixels: Uint8Array.of(0, 3) };

    expect(countClasses(map, { width: 10, height: 10 }, CLASSES)).toEqual([50, 0, 0, 50]);
  });

  it('enlarged by a whole number repeats each pixel', () => {
    const map: Picture = { width: 2, height: 2, channels: 1, pixels: Uint8Array.of(0, 1, 2, 3) };

    expect(Array.from(enlargeClasses(map, { width: 4, height: 4 }).pixels)).toEqual([
      0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3,
    ]);
  });

  it('shows at each pixel the class under its centre', () => {
    const map = randomMap({ width: 9, height: 4 }, CLASSES, 24);
    const superResolved = enlargeClasses(map, { width: 31, height: 27 });

    for (let y = 0; y < 27; y += 1) {
      for (let x = 0; x < 31; x += 1) {
        const under = pixelAt(map, Math.floor(((x + 0.5) * 9) / 31), Math.floor(((y + 0.5) * 4) / 27));
        expect(pixelAt(superResolved, x, y), `${x},${y}`).toEqual(under);
      }
    }
  });

  it('of the right size already is left as it is', () => {
    const map = randomMap({ width: 5, height: 6 }, CLASSES, 25);

    expect(enlargeClasses(map, { width: 5, height: 6 })).toBe(map);
  });
});

function counted({ pixels }: Picture): number[] {
  const counts = new Array<number>(CLASSES).fill(0);
  for (const value of pixels) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
