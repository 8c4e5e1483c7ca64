import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLabels } from '../../src/registry/labels.js';
import { ManifestError } from '../../src/registry/manifest.js';
import { described, entryOf, temporaryFolder } from './model-folder.js';

test('labels come from the manifest itself', async () => {
  const entry = await entryOf(described({ labels: ['cat', 'hot dog'] }));
  expect(await readLabels(entry)).toEqual([
    { name: 'cat', synset: null },
    { name: 'hot dog', synset: null },
  ]);
});

test('labels come from a text file beside the manifest, whatever its line ends', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'names.txt'), 'background\r\n\r\n  traffic light \ncat');
  const entry = await entryOf(described({ labels: 'names.txt' }), folder);
  expect((await readLabels(entry)).map(({ name }) => name)).toEqual(['background', 'traffic light', 'cat']);
});

test('a WordNet id before a name is told apart from it', async () => {
  const entry = await entryOf(described({ labels: ['n02114548 white wolf, Arctic wolf', 'n1 is a name'] }));
  expect(await readLabels(entry)).toEqual([
    { name: 'white wolf, Arctic wolf', synset: 'n02114548' },
    { name: 'n1 is a name', synset: null },
  ]);
});

test('a model without labels has none', async () => {
  expect(await readLabels(await entryOf(described()))).toEqual([]);
});

test('a label file that is not there is named together with its model', async () => {
  const entry = await entryOf(described({ labels: 'absent.txt' }));
  const reading = readLabels(entry);
  await expect(reading).rejects.toBeInstanceOf(ManifestError);
  await expect(reading).rejects.toThrow(/labels of model tiny .*absent\.txt/);
});
