import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messageOf } from '../errors.js';
import { ManifestError, type ManifestEntry } from './manifest.js';

/** One entry of a model's label list. */
export interface Label {
  readonly name: string;
  /** WordNet id, where the list has one before each name. */
  readonly synset: string | null;
}

const WITH_SYNSET = /^(?<synset>n\d{8})\s+(?<name>.+)$/;

/**
 * The labels of a model, in the order of its outputs; none where its manifest entry names none.
 * @throws ManifestError when the label file cannot be read
 */
export async function readLabels(entry: ManifestEntry): Promise<Label[]> {
  if (entry.labels === undefined) return [];
  const lines = typeof entry.labels === 'string' ? await linesOf(entry, entry.labels) : entry.labels;
  return lines.map((line) => {
    const { synset, name } = WITH_SYNSET.exec(line)?.groups ?? {};
    return { name: name ?? line, synset: synset ?? null };
  });
}

async function linesOf({ id, folder }: ManifestEntry, path: string): Promise<string[]> {
  try {
    const text = await readFile(resolve(folder, path), 'utf8');
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  } catch (cause) {
    throw new ManifestError(`The labels of model ${id} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
