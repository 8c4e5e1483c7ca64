import type { Label } from '../src/registry/labels.js';

/**
 * The place in a model's list of what a photo shows.
 * @param file named `<wnid>_<name>`: the WordNet id is looked for where the list has them, else the first name
 * @returns -1 when the model does not know it
 */
export function classOf(file: string, labels: readonly Label[]): number {
  const [, synset, name = ''] = /^(n\d{8})_(.+)\.\w+$/.exec(file) ?? [];
  return labels.findIndex((label) =>
    label.synset === null ? plain(label.name) === plain(name) : label.synset === synset,
  );
}

/**
 * The share of photos whose class is among the first answers.
 * @param places where each photo's class came in the answers, from 0; -1 where it did not
 */
export function topK(places: readonly number[], k: number): number {
  return places.filter((place) => place >= 0 && place < k).length / places.length;
}

/** The first of several names, in letters and digits. */
function plain(names: string): string {
  return (names.split(',')[0] ?? '').toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ');
}
