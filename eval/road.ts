import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { ReadyModel } from '../src/registry/catalog.js';
import { eachOf, type Harness } from './harness.js';
import type { LabelledSet } from './data.js';
import { Unmeasurable, type Measures } from './measures.js';
import { iouOf, overlapOf } from './overlap.js';

/** Intersection over union of road and lane marks with CamVid's road, over the whole set. */
export async function measureRoad(
  { samples }: LabelledSet,
  { prepared, entry }: ReadyModel,
  harness: Harness,
): Promise<Measures> {
  const overlaps = await eachOf(samples, harness.runner.threads, async ({ image, truth }) => {
    const plan = { model: prepared, masks: [{ key: 'mask', format: 'PNG' as const }], overlays: [] };
    const { SEGMENT_ROAD: roads } = await harness.analyze(await readFile(image), { SEGMENT_ROAD: [plan] });
    const mask = await grey(roads[0]?.masks['mask']?.bytes ?? new Uint8Array());
    const actual = await grey(await readFile(truth));
    if (mask.length !== actual.length) throw new Unmeasurable(`${truth} is not of the size of its picture`);
    return overlapOf(mask, actual);
  });
  return { model: entry.id, frames: samples.length, 'road IoU': iouOf(overlaps) };
}

function grey(file: Uint8Array): Promise<Buffer> {
  return sharp(file).toColourspace('b-w').extractChannel(0).raw().toBuffer();
}
