import { describe, expect, it } from 'vitest';
import { speedUps, tilesIn } from '../../bench/speed-up.js';

describe('speed-up', () => {
  it('is told against one worker, for each worker, and against what the cores allow', () => {
    const timings = [
      { workers: 1, seconds: 12 },
      { workers: 2, seconds: 8 },
      { workers: 4, seconds: 6 },
    ];
    expect(speedUps(timings, 2)).toEqual([
      { workers: 1, seconds: 12, speedUp: 1, efficiency: 1, ofPossible: 1 },
      { workers: 2, seconds: 8, speedUp: 1.5, efficiency: 0.75, ofPossible: 0.75 },
      { workers: 4, seconds: 6, speedUp: 2, efficiency: 0.5, ofPossible: 1 },
    ]);
  });

  it('is told against the fewest workers where one alone was not measured, whatever their order', () => {
    const timings = [
      { workers: 4, seconds: 3 },
      { workers: 2, seconds: 6 },
    ];
    expect(speedUps(timings, 8).map(({ speedUp, efficiency }) => [speedUp, efficiency])).toEqual([
      [4, 1],
      [2, 1],
    ]);
  });

  it('of nothing is nothing', () => {
    expect(speedUps([], 2)).toEqual([]);
  });
});

describe('the tiles of a picture', () => {
  it.each([
    [2000, 1500, 256, 48],
    [256, 256, 256, 1],
    [257, 1, 256, 2],
  ])('%ix%i cut at %i are %i', (width, height, edge, tiles) => {
    expect(tilesIn({ width, height }, edge)).toBe(tiles);
  });
});
