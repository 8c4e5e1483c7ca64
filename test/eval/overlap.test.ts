import { describe, expect, it } from 'vitest';
import { iouOf, overlapOf } from '../../eval/overlap.js';

const [BACKGROUND, ROAD, CURB, MARK] = [0, 1, 2, 3];
/** CamVid's classes. */
const [BUILDING, PAVED, PAVEMENT, VOID] = [1, 3, 4, 11];

describe('the overlap of a road mask with CamVid', () => {
  it('counts the pixels that are road to both, and to either', () => {
    const mask = Uint8Array.of(ROAD, ROAD, BACKGROUND, BACKGROUND);
    const truth = Uint8Array.of(PAVED, BUILDING, PAVED, BUILDING);
    expect(overlapOf(mask, truth)).toEqual({ both: 1, either: 3 });
  });

  it('takes lane marks for road, and curbs not', () => {
    const mask = Uint8Array.of(MARK, CURB, CURB);
    const truth = Uint8Array.of(PAVED, PAVED, PAVEMENT);
    expect(overlapOf(mask, truth)).toEqual({ both: 1, either: 2 });
  });

  it('does not judge void', () => {
    expect(overlapOf(Uint8Array.of(ROAD, ROAD), Uint8Array.of(VOID, PAVED))).toEqual({ both: 1, either: 1 });
  });
});

describe('intersection over union', () => {
  it('is that of all pictures together, not the mean of theirs', () => {
    const overlaps = [
      { both: 1, either: 2 },
      { both: 8, either: 8 },
    ];
    expect(iouOf(overlaps)).toBeCloseTo(0.9, 10);
  });

  it('is not a number where there is no road', () => {
    expect(iouOf([{ both: 0, either: 0 }])).toBeNaN();
  });
});
