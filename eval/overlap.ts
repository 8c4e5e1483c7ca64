import { ROAD_CLASSES } from '../src/imaging/road-classes.js';

/** In CamVid's eleven classes: what is road, and what is not to be judged. Lane marks are part of its road. */
const TRUTH = { road: 3, void: 11 };
const ROAD = [ROAD_CLASSES.indexOf('ROAD'), ROAD_CLASSES.indexOf('MARK')];

/** Pixels that are road to both a mask and its truth, and to either of them. */
export interface Overlap {
  readonly both: number;
  readonly either: number;
}

/**
 * Counts road in a mask and in the truth about the same picture.
 * @param mask values as in ROAD_CLASSES
 * @param truth CamVid's classes, 0..11
 */
export function overlapOf(mask: Uint8Array, truth: Uint8Array): Overlap {
  let both = 0;
  let either = 0;
  truth.forEach((actual, index) => {
    if (actual === TRUTH.void) return;
    const found = ROAD.includes(mask[index] ?? 0);
    const isRoad = actual === TRUTH.road;
    if (found && isRoad) both += 1;
    if (found || isRoad) either += 1;
  });
  return { both, either };
}

/** Intersection over union over all pictures together, 0..1; NaN where there is no road at all. */
export function iouOf(overlaps: readonly Overlap[]): number {
  const sum = (of: (overlap: Overlap) => number) =>
    overlaps.reduce((total, overlap) => total + of(overlap), 0);
  return sum(({ both }) => both) / sum(({ either }) => either);
}
