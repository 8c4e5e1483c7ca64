import { readFile } from 'node:fs/promises';
import { readHeader } from '../src/imaging/codec/header.js';
import type { ReadyModel } from '../src/registry/catalog.js';
import { cocoName, fromVoc, fromYolo } from './annotations.js';
import { minScoreOf } from '../src/registry/min-score.js';
import { averagePrecision, judge, type JudgedImage } from './average-precision.js';
import { eachOf, type Harness } from './harness.js';
import type { LabelledSet } from './data.js';
import { bestThreshold, f1At } from './f1.js';
import { mean, Unmeasurable, type Measures } from './measures.js';

/** Low enough for the whole precision-recall curve, as is usual. */
const MIN_SCORE = 0.01;
const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const COCO_NAMES = new URL('../models/labels/coco.txt', import.meta.url);

/**
 * Mean average precision at IoU 0.5 over the classes that both the set and the model know, and F1 of these classes
 * together by the score from which an object counts.
 */
export async function measureDetection(
  { samples }: LabelledSet,
  { prepared, labels, entry }: ReadyModel,
  harness: Harness,
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
  const images = await eachOf(
    samples,
    harness.runner.threads,
    async ({ image, truth }): Promise<JudgedImage> => {
      const bytes = await readFile(image);
      const size = await readHeader(bytes, { maxPixels: 1e9 });
      const text = await readFile(truth, 'utf8');
      const { DETECT_OBJECTS: detections } = await harness.analyze(bytes, { DETECT_OBJECTS: [plan] });
      const objects = detections[0]?.objects ?? [];
      return {
        truth: truth.endsWith('.xml') ? fromVoc(text) : fromYolo(text, coco, size),
        found: objects.map(({ classIndex, score, box }) => ({ label: names[classIndex] ?? '', score, box })),
      };
    },
  );
  const shown = new Set(images.flatMap(({ truth }) => truth.map(({ label }) => label)));
  const judgements = [...shown].filter((label) => names.includes(label)).map((label) => judge(images, label));
  const precisions = judgements.map(averagePrecision).filter((value) => !Number.isNaN(value));
  if (precisions.length === 0) {
    throw new Unmeasurable(`None of the ${samples.length} photos shows a class that ${entry.id} knows`);
  }
  const best = bestThreshold(judgements);
  return {
    model: entry.id,
    photos: samples.length,
    classes: precisions.length,
    mAP50: mean(precisions),
    'F1 at 0.1 0.2 ... 0.9': TENTHS.map((score) => f1At(score, judgements).toFixed(2)).join(' '),
    'F1 at its minScore': f1At(minScoreOf(entry) ?? 0, judgements),
    'best F1': best.f1,
    'best F1 from score': best.score,
  };
}
