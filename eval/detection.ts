import { readFile } from 'node:fs/promises';
import { readHeader } from '../src/imaging/codec/header.js';
import type { ReadyModel } from '../src/registry/catalog.js';
import { cocoName, fromVoc, fromYolo } from './annotations.js';
import { averagePrecision, type JudgedImage } from './average-precision.js';
import { eachOf, type Bed } from './bed.js';
import type { LabelledSet } from './data.js';
import { mean, Unmeasurable, type Measures } from './measures.js';

/** Low enough for the whole precision-recall curve, as is usual. */
const MIN_SCORE = 0.01;
const COCO_NAMES = new URL('../models/labels/coco.txt', import.meta.url);

/** Mean average precision at IoU 0.5 over the classes that both the set and the model know. */
export async function measureDetection(
  { samples }: LabelledSet,
  { prepared, labels, entry }: ReadyModel,
  bed: Bed,
): Promise<Measures> {
  const names = labels.map(({ name }) => cocoName(name));
  const coco = (await readFile(COCO_NAMES, 'utf8')).trim().split('\n');
  const plan = {
    model: prepared,
    labels: [],
    minScore: MIN_SCORE,
    maxObjects: 300,
    classes: null,
    annotated: [],
    crops: [],
    classifications: [],
  };
  const images = await eachOf(samples, bed.runner.threads, async ({ image, truth }): Promise<JudgedImage> => {
    const bytes = await readFile(image);
    const size = await readHeader(bytes, { maxPixels: 1e9 });
    const text = await readFile(truth, 'utf8');
    const { detections } = await bed.analyze(bytes, { detections: [plan] });
    const objects = detections[0]?.objects ?? [];
    return {
      truth: truth.endsWith('.xml') ? fromVoc(text) : fromYolo(text, coco, size),
      found: objects.map(({ classIndex, score, box }) => ({ label: names[classIndex] ?? '', score, box })),
    };
  });
  const shown = new Set(images.flatMap(({ truth }) => truth.map(({ label }) => label)));
  const precisions = [...shown]
    .filter((label) => names.includes(label))
    .map((label) => averagePrecision(images, label))
    .filter((value) => !Number.isNaN(value));
  if (precisions.length === 0) {
    throw new Unmeasurable(`None of the ${samples.length} photos shows a class that ${entry.id} knows`);
  }
  return {
    model: entry.id,
    photos: samples.length,
    classes: precisions.length,
    mAP50: mean(precisions),
  };
}
