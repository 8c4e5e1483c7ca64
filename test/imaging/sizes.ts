import type { Size } from '../../src/imaging/picture.js';
import { between, randomNumbers } from '../kit/pictures.js';

/** Shapes that arithmetic with sizes gets wrong first. */
const EDGE_SIZES: readonly Size[] = [
  { width: 1, height: 1 },
  { width: 1, height: 2 },
  { width: 10_000, height: 1 },
  { width: 1, height: 10_000 },
  { width: 3, height: 1000 },
  { width: 224, height: 224 },
  { width: 6000, height: 4000 },
];

/** The edge cases, and a number of sizes drawn up to `most` on a side. */
export function manySizes(count: number, max: number, seed: number): Size[] {
  const random = randomNumbers(seed);
  const drawn = Array.from({ length: count }, () => ({
    width: between(random, 1, max),
    height: between(random, 1, max),
  }));
  return [...EDGE_SIZES, ...drawn];
}

/** A size as a test's message names it. */
export function told({ width, height }: Size): string {
  return `${width}x${height}`;
}
