import { readFile } from 'node:fs/promises';
import type { Label } from '../src/registry/labels.js';
import { eachOf, type Bed } from './bed.js';
import type { LabelledSet } from './data.js';

/** Top-1 and top-5 on photos named `<wnid>_<name>`, of the classes that the model knows. */
export async function measureClassification({ samples }: LabelledSet, model: string | undefined, bed: Bed) {
  const { prepared, labels, entry } = bed.catalog.resolve('CLASSIFY', model);
  const known = samples.flatMap(({ image, truth }) => {
    const index = indexOf(truth, labels);
    return index < 0 ? [] : [{ image, index }];
  });
  const ranks = await eachOf(known, bed.runner.threads, async ({ image, index }) => {
    const plan = { model: prepared, topK: 5, minScore: 0 };
    const { classifications } = await bed.analyze(await readFile(image), { classifications: [plan] });
    return classifications[0]?.labels.findIndex((label) => label.index === index) ?? -1;
  });
  const share = (least: number) => ranks.filter((rank) => rank >= 0 && rank < least).length / ranks.length;
  return {
    model: entry.id,
    photos: known.length,
    'photos of unknown classes': samples.length - known.length,
    'top-1': share(1),
    'top-5': share(5),
  };
}

/** By WordNet id where the list has them, by its first name otherwise. */
function indexOf(file: string, labels: readonly Label[]): number {
  const [, synset, name = ''] = /^(n\d{8})_(.+)\.\w+$/.exec(file) ?? [];
  const plain = (text: string) => (text.split(',')[0] ?? '').toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ');
  return labels.findIndex((label) =>
    label.synset === null ? plain(label.name) === plain(name) : label.synset === synset,
  );
}
