import { pixelsOf, type Size } from '../imaging/picture.js';
import type { PreparedModel } from '../registry/prepared-model.js';
import type { AnalysisPlan } from '../tasks/plan.js';
import { scalesOf } from '../tasks/scales.js';

/** Measured on one modest core: a JPEG takes about so long to decode, or to encode again. */
const DECODE_MS_PER_MEGAPIXEL = 12;
const ENCODE_MS_PER_MEGAPIXEL = 25;
/** How many objects a picture holds on average, where a plan wants something made of each. */
const TYPICAL_OBJECTS = 4;

/**
 * Estimates how long a thread will be busy. The scheduler corrects the scale by what it sees; what has to be
 * right is the proportion between small and large requests.
 * @returns milliseconds
 */
export function analysisWork(displayed: Size, plan: AnalysisPlan): number {
  const images =
    sum(plan.roads, ({ masks, overlays }) => masks.length + overlays.length) +
    sum(plan.detections, ({ annotated }) => annotated.length);
  return (
    decodeWork(displayed) * Math.max(1, scalesOf(displayed, plan).length) +
    encodeWork(displayed) * images +
    sum(plan.classifications, ({ model }) => model.cost.run) +
    sum(plan.roads, ({ model }) => model.cost.run) +
    sum(
      plan.detections,
      (part) =>
        part.model.cost.run + TYPICAL_OBJECTS * sum(part.classifications, ({ model }) => model.cost.run),
    )
  );
}

/** Milliseconds to decode an image. */
export function decodeWork(displayed: Size): number {
  return 1 + (DECODE_MS_PER_MEGAPIXEL * pixelsOf(displayed)) / 1e6;
}

/** Milliseconds to encode an image. */
export function encodeWork(size: Size): number {
  return 1 + (ENCODE_MS_PER_MEGAPIXEL * pixelsOf(size)) / 1e6;
}

/**
 * Milliseconds to enlarge one tile.
 * @param alpha whether it has an alpha channel, for which the network runs a second time
 */
export function tileWork(model: PreparedModel, tile: Size, alpha: boolean): number {
  const runs = alpha ? 2 : 1;
  return 1 + (runs * model.cost.megapixel * pixelsOf(tile)) / 1e6;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
