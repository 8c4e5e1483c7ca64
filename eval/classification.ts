import { readFile } from 'node:fs/promises';
import type { ReadyModel } from '../src/registry/catalog.js';
import { eachOf, type Harness } from './harness.js';
import type { LabelledSet } from './data.js';
import { Unmeasurable, type Measures } from './measures.js';
import { classOf, topK } from './top-k.js';
import { unsureBelow } from './unsure.js';

/**
 * Top-1 and top-5 on photos named `<wnid>_<name>`, of the classes that the model knows, and the score below which its
 * first answer about them is more often wrong than right.
 */
export async function measureClassification(
  { samples }: LabelledSet,
  { prepared, labels, entry }: ReadyModel,
  harness: Harness,
): Promise<Measures> {
  const photos = samples
    .map(({ image, truth }) => ({ image, index: classOf(truth, labels) }))
    .filter(({ index }) => index >= 0);
  if (photos.length === 0) {
    throw new Unmeasurable(`None of the ${samples.length} photos shows a class that ${entry.id} knows`);
  }
  const known = await eachOf(photos, harness.runner.threads, async ({ image, index }) => {
    const plan = { model: prepared, topK: 5, minScore: 0 };
    const { CLASSIFY: classifications } = await harness.analyze(await readFile(image), { CLASSIFY: [plan] });
    const found = classifications[0]?.labels ?? [];
    const place = found.findIndex((label) => label.index === index);
    return { place, score: found[0]?.score ?? 0, isRight: place === 0 };
  });
  const places = known.map(({ place }) => place);
  return {
    model: entry.id,
    photos: places.length,
    'photos of unknown classes': samples.length - places.length,
    'top-1': topK(places, 1),
    'top-5': topK(places, 5),
    'unsure below': unsureBelow(known),
  };
}
