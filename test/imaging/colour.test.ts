import { describe, expect, it } from 'vitest';
import { colourOf, inkOn } from '../../src/imaging/colour.js';

const EIGHTY = Array.from({ length: 80 }, (_, index) => colourOf(index));

describe('class colours', () => {
  it('are values of a pixel', () => {
    for (const value of EIGHTY.flat()) {
      expect(Number.isInteger(value)).toBe(true);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(255);
    }
  });

  it('are bright and far from grey', () => {
    for (const colour of EIGHTY) {
      expect(Math.max(...colour)).toBe(255);
      expect(Math.min(...colour)).toBeLessThan(60);
    }
  });

  it('are all different', () => {
    expect(new Set(EIGHTY.map(String)).size).toBe(80);
  });

  it('of neighbouring classes are far apart', () => {
    EIGHTY.slice(1).forEach((colour, index) => {
      const before = EIGHTY[index] ?? colour;
      const distance = Math.hypot(...colour.map((value, channel) => value - (before[channel] ?? 0)));
      expect(distance, `classes ${index} and ${index + 1}`).toBeGreaterThan(150);
    });
  });

  it('stay the same from one call to the next', () => {
    expect(colourOf(5)).toEqual(colourOf(5));
  });
});

describe('ink', () => {
  it('is black on light colours and white on dark ones', () => {
    expect(inkOn([255, 255, 255])).toEqual([0, 0, 0]);
    expect(inkOn([255, 255, 0])).toEqual([0, 0, 0]);
    expect(inkOn([0, 0, 0])).toEqual([255, 255, 255]);
    expect(inkOn([0, 0, 255])).toEqual([255, 255, 255]);
  });
});

describe('ink', () => {
  it.each([
    [
      [255, 110, 0],
      [0, 0, 0],
    ],
    [
      [0, 110, 255],
      [255, 255, 255],
    ],
    [
      [0, 240, 0],
      [0, 0, 0],
    ],
    [
      [255, 0, 255],
      [255, 255, 255],
    ],
  ] as const)('on %o is %o: green is brighter than red, and red than blue', (ground, ink) => {
    expect(inkOn([...ground])).toEqual(ink);
  });
});
