import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { checkFile } from '../../src/registry/digest.js';
import { readLabels } from '../../src/registry/labels.js';
import { readManifests, type ManifestEntry } from '../../src/registry/manifest.js';
import { TASKS } from '../../src/convert/parsers/parsers.js';

const entries = await readManifests([resolve('models/manifest.json')]);
const files = entries.flatMap((entry) => entry.files.map((file) => ({ entry, file, id: entry.id })));
const shipped = files.filter(({ file }) => file.path !== undefined);

/** How many labels the lists have, by whoever published the networks. */
const LABELS: Readonly<Record<string, number>> = {
  'mobilenet-v3-small': 1001,
  'road-segmentation-adas-0001': 4,
  'mobilenet-ssd': 20,
  'yolox-nano': 80,
  'builtin-classifier': 200,
  'builtin-road': 3,
  'builtin-detector': 7,
};

describe('the manifest that ships', () => {
  test.each(TASKS)('has a model for %s that ships, to fall back on', (task) => {
    const ofTask = entries.filter((entry) => entry.task === task && entry.defaultRank !== undefined);
    expect(ofTask.some(({ origin }) => origin === 'BUILT_IN')).toBe(true);
  });

  test.each(TASKS)('prefers the published model for %s to the one that ships', (task) => {
    const byRank = entries
      .filter((entry) => entry.task === task && entry.defaultRank !== undefined)
      .sort((a, b) => (a.defaultRank ?? 0) - (b.defaultRank ?? 0));
    expect(byRank[0]?.origin).toBe('OFFICIAL');
  });

  test('prefers every published detector to the one that ships', () => {
    const ranked = entries
      .filter(({ task, defaultRank }) => task === 'DETECT_OBJECTS' && defaultRank !== undefined)
      .sort((a, b) => (a.defaultRank ?? 0) - (b.defaultRank ?? 0));
    expect(ranked.map(({ id }) => id)).toEqual(['mobilenet-ssd', 'yolox-nano', 'builtin-detector']);
  });

  test('states a least score for the detector that ships alone', () => {
    const stated = entries.filter(({ minScore }) => minScore !== undefined);
    expect(stated.map(({ id, minScore }) => [id, minScore])).toEqual([['builtin-detector', 0.32]]);
  });

  test('names as better only what is there for the same task', () => {
    const taskOf = new Map(entries.map(({ id, task }) => [id, task]));
    const compared = entries.filter(({ better }) => better !== undefined);
    expect(compared.length).toBeGreaterThan(2);
    for (const { task, better } of compared) expect(taskOf.get(better ?? '')).toBe(task);
  });

  test.each(entries)('says of $id what it can do', ({ notes }) => {
    expect(notes).toMatch(/^[A-Z].{20,}\.$/);
  });

  test('has four models whose weights ship', () => {
    expect(shipped).toHaveLength(4);
  });

  test.each(shipped)('says size and SHA-256 of $id as they are', async ({ entry, file }) => {
    const bytes = await readFile(join(entry.folder, file.path ?? ''));
    expect(file.bytes).toBe(bytes.byteLength);
    expect(file.digest).toBe(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  });

  test.each(entries)('says where $id comes from and under what licence', ({ origin, license, source }) => {
    expect(license.length).toBeGreaterThan(2);
    expect(origin === 'BUILT_IN' || source !== undefined).toBe(true);
  });

  test.each(Object.entries(LABELS))('has the labels of %s, %i of them', async (id, count) => {
    const labels = await readLabels(named(id));
    expect(labels).toHaveLength(count);
    expect(labels.every(({ name }) => name !== '')).toBe(true);
  });

  test('has the background and then the classes of ImageNet by rising WordNet id', async () => {
    const [background, ...classes] = await readLabels(named('mobilenet-v3-small'));
    expect(background).toEqual({ name: 'background', synset: null });
    const ids = classes.map(({ synset }) => synset);
    expect(ids).not.toContain(null);
    expect(new Set(ids).size).toBe(1000);
    expect(ids).toEqual(ids.toSorted());
    expect(classes[270]).toEqual({
      name: 'white wolf, Arctic wolf, Canis lupus tundrarum',
      synset: 'n02114548',
    });
  });

  test('has the 8-bit super resolution net as a variant that only those get who name it', () => {
    const single = named('single-image-super-resolution-1032');
    const eightBit = named('single-image-super-resolution-1032-int8');
    expect(eightBit).toMatchObject({ filesOf: single.id, precision: 'INT8', input: single.input });
    expect(eightBit.output).toEqual(single.output);
    expect(eightBit.defaultRank).toBeUndefined();
    for (const part of ['name', 'url'] as const) {
      const published = single.files.map((file) => file[part]?.replace('FP32/', 'FP16-INT8/'));
      expect(eightBit.files.map((file) => file[part])).toEqual(published);
    }
  });
});

function named(id: string): ManifestEntry {
  const entry = entries.find((candidate) => candidate.id === id);
  if (!entry) throw new Error(`models/manifest.json has no model ${id}`);
  return entry;
}

describe.skipIf(inject('shared') === null)('the files that the manifest names elsewhere', () => {
  const mirror = join(inject('shared') ?? '', 'models');

  test.each([
    'yolox_nano.onnx',
    'v3-small_224_1.0_float.xml',
    'road-segmentation-adas-0001.bin',
    'FP32/single-image-super-resolution-1032.bin',
    'FP16-INT8/single-image-super-resolution-1032.xml',
    'FP16-INT8/single-image-super-resolution-1032.bin',
  ])('%s is the one that was published', async (name) => {
    const found = files.find(({ file }) => file.name === name);
    if (!found) throw new Error(`models/manifest.json has no file ${name}`);
    const path = join(mirror, found.entry.filesOf ?? found.id, name);
    await expect(checkFile(path, found.file)).resolves.toBeUndefined();
  });

  test('the classes of ImageNet are those that others list, word by word', async () => {
    const list = await readFile(join(mirror, 'mobilenet-v3-small/imagenet_2012.txt'), 'utf8');
    const [, ...classes] = await readLabels(named('mobilenet-v3-small'));
    const lines = classes.map(({ synset, name }) => `${synset ?? ''} ${name}`);
    expect(lines).toEqual(list.trim().split('\n'));
  });
});
