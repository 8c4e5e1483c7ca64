import { describe, expect, it } from 'vitest';
import type { Judgement } from '../../eval/average-precision.js';
import { bestThreshold, f1At } from '../../eval/f1.js';

const hit = (score: number) => ({ score, isHit: true });
const miss = (score: number) => ({ score, isHit: false });
/** Two classes of three objects in all. */
const JUDGEMENTS: readonly Judgement[] = [
  { found: [hit(0.9), miss(0.6), hit(0.4), miss(0.2)], total: 2 },
  { found: [hit(0.5), miss(0.3)], total: 1 },
];

describe('F1 by threshold', () => {
  it.each([
    [0.95, 0],
    [0.9, 2 / (1 + 3)],
    [0.5, 4 / (3 + 3)],
    [0.4, 6 / (4 + 3)],
    [0.1, 6 / (6 + 3)],
  ])('at %d is that of all classes together', (score, expected) => {
    expect(f1At(score, JUDGEMENTS)).toBeCloseTo(expected, 10);
  });

  it('is best where hits outweigh misses, at the lowest of equal thresholds', () => {
    expect(bestThreshold(JUDGEMENTS)).toEqual({ score: 0.31, f1: 6 / 7 });
  });

  it('is 0 where there is nothing and nothing is found', () => {
    expect(f1At(0.5, [])).toBe(0);
  });
});
