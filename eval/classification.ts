import { readFile } from 'node:fs/promises';
import type { ReadyModel } from '../src/registry/catalog.js';
import { eachOf, type Bed } from './bed.js';
import type { LabelledSet } from './data.js';
import { Unmeasurable, type Measures } from './measures.js';
import { classOf, topK } from './top-k.js';

/** Top-1 and top-5 on photos named `<wnid>_<name>`, of the classes that the model knows. */
export async function measureClassification(
  { samples }: LabelledSet,
  { prepared, labels, entry }: ReadyModel,
  bed: Bed,
): Promise<Measures> {
  const known = samples
    .map(({ image, truth }) => ({ image, index: classOf(truth, labels) }))
    .filter(({ index }) => index >= 0);
  if (known.length === 0) {
    throw new Unmeasurable(`None of the ${samples.length} photos shows a class that ${entry.id} knows`);
  }
  const places = await eachOf(known, bed.runner.threads, async ({ image, index }) => {
    const plan = { model: prepared, topK: 5, minScore: 0 };
    const { classifications } = await bed.analyze(await readFile(image), { classifications: [plan] });
    return classifications[0]?.labels.findIndex((label) => label.index === index) ?? -1;
  });
  return {
    model: entry.id,
    photos: known.length,
    'photos of unknown classes': samples.length - known.length,
    'top-1': topK(places, 1),
    'top-5': topK(places, 5),
  };
}
