import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { ROAD_CLASSES } from '../src/imaging/road-classes.js';
import { eachOf, type Bed } from './bed.js';
import type { LabelledSet } from './data.js';

/** In CamVid's eleven classes: what is road, and what is not to be judged. Lane marks are part of its road. */
const TRUTH = { road: 3, void: 11 };
const ROAD = [ROAD_CLASSES.indexOf('ROAD'), ROAD_CLASSES.indexOf('MARK')];

/** Intersection over union of road and lane marks with CamVid's road, over the whole set. */
export async function measureRoad({ samples }: LabelledSet, model: string | undefined, bed: Bed) {
  const { prepared, entry } = bed.catalog.resolve('SEGMENT_ROAD', model);
  const counts = await eachOf(samples, bed.runner.threads, async ({ image, truth }) => {
    const plan = { model: prepared, masks: [{ key: 'mask', format: 'PNG' as const }], overlays: [] };
    const { roads } = await bed.analyze(await readFile(image), { roads: [plan] });
    const mask = roads[0]?.masks['mask'];
    if (!mask) throw new Error(`No mask came for ${image}`);
    return overlap(await grey(mask.bytes), await grey(await readFile(truth)));
  });
  const sum = (of: (count: Overlap) => number) => counts.reduce((total, count) => total + of(count), 0);
  return {
    model: entry.id,
    frames: samples.length,
    'road IoU': sum(({ both }) => both) / sum(({ either }) => either),
  };
}

interface Overlap {
  readonly both: number;
  readonly either: number;
}

function overlap(mask: Uint8Array, truth: Uint8Array): Overlap {
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

function grey(file: Uint8Array): Promise<Buffer> {
  return sharp(file).toColourspace('b-w').extractChannel(0).raw().toBuffer();
}
