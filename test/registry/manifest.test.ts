import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bakeSpecOf, ManifestError, readManifests } from '../../src/registry/manifest.js';
import { described, entryOf, temporaryFolder, writeManifest } from './model-folder.js';

/** The message that reading a manifest with this one model ends in. */
async function refusal(model: unknown): Promise<{ path: string; message: string }> {
  const path = await writeManifest([model]);
  const error: unknown = await readManifests([path]).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ManifestError);
  return { path, message: error instanceof Error ? error.message : '' };
}

describe('a manifest', () => {
  test('fills in what an entry leaves out', async () => {
    const entry = await entryOf(described());
    expect(entry).toMatchObject({
      origin: 'CUSTOM',
      cost: { run: 20, megapixel: 0 },
      input: { layout: 'NCHW', channels: 'RGB', mean: [0, 0, 0], fit: 'stretch', pad: 0 },
    });
    expect(entry.defaultRank).toBeUndefined();
  });

  test('takes one number for all channels, or one for each', async () => {
    const { input } = await entryOf(described({ input: { mean: 127.5, scale: [1, 2, 3] } }));
    expect(input).toMatchObject({ mean: [127.5, 127.5, 127.5], scale: [1, 2, 3] });
  });

  test('turns the names of road classes into their numbers', async () => {
    const entry = await entryOf(
      described({
        task: 'SEGMENT_ROAD',
        input: { width: 8, height: 8 },
        output: { parser: 'segmentation-argmax', classes: ['BACKGROUND', 'MARK', 'ROAD'] },
      }),
    );
    expect(bakeSpecOf(entry, 0).output).toEqual({ parser: 'segmentation-argmax', classes: [0, 3, 1] });
  });

  test('remembers the folder that its paths start from', async () => {
    const folder = await temporaryFolder();
    expect((await entryOf(described(), folder)).folder).toBe(folder);
  });
});

describe('several manifests', () => {
  test('a known id takes the place of the earlier entry, and a new one is added', async () => {
    const first = await writeManifest([described({ id: 'a' }), described({ id: 'b' })]);
    const second = await writeManifest([described({ id: 'b', title: 'Mine' }), described({ id: 'c' })]);
    const entries = await readManifests([first, second]);
    expect(entries.map(({ id, title }) => [id, title])).toEqual([
      ['a', 'A small network'],
      ['b', 'Mine'],
      ['c', 'A small network'],
    ]);
  });

  test('paths of a replaced entry start from the folder of the manifest that replaced it', async () => {
    const first = await writeManifest([described()]);
    const folder = await temporaryFolder();
    const [entry] = await readManifests([first, await writeManifest([described()], folder)]);
    expect(entry?.folder).toBe(folder);
  });
});

describe('a manifest that cannot be used', () => {
  test('is named when it is not there', async () => {
    const path = join(await temporaryFolder(), 'absent.json');
    await expect(readManifests([path])).rejects.toThrow(`The model manifest ${path} cannot be read: ENOENT`);
  });

  test('is named when it is not JSON', async () => {
    const path = join(await temporaryFolder(), 'manifest.json');
    await writeFile(path, '{"models": [');
    const reading = readManifests([path]);
    await expect(reading).rejects.toBeInstanceOf(ManifestError);
    await expect(reading).rejects.toThrow(path);
  });

  test.each<[fault: string, change: Record<string, unknown>, words: string[]]>([
    ['an id with capitals', { id: 'Tiny' }, ['models[0].id', 'lower-case']],
    ['an unknown task', { task: 'DREAM' }, ['models[0].task', 'CLASSIFY']],
    ['no title', { title: undefined }, ['models[0].title']],
    ['no licence', { license: undefined }, ['models[0].license']],
    ['an unknown format', { format: 'pickle' }, ['models[0].format', 'onnx']],
    ['an unknown precision', { precision: 'FP8' }, ['models[0].precision']],
    ['no file', { files: [] }, ['models[0].files']],
    ['a member that nobody knows', { licence: 'MIT' }, ['models[0]', 'licence']],
    ['an unknown parser', { output: { parser: 'magic' } }, ['models[0].output.parser']],
    ['two means', { input: { mean: [1, 2] } }, ['models[0].input.mean']],
    ['a pad that is no grey', { input: { pad: 256 } }, ['models[0].input.pad']],
    ['a broken address', { source: 'somewhere' }, ['models[0].source']],
    ['a minScore above 1', { minScore: 1.5 }, ['models[0].minScore']],
    [
      'a minScore of what finds no objects',
      { minScore: 0.5 },
      ['models[0]', 'minScore for task DETECT_OBJECTS only, and this is SUPER_RESOLVE'],
    ],
    ['a negative cost', { cost: { run: -1 } }, ['models[0].cost.run']],
    ['a file without digest', { files: [{ name: 'm.onnx' }] }, ['models[0].files[0].digest']],
    [
      'a digest that is too short',
      { files: [{ name: 'm.onnx', digest: 'sha256:00' }] },
      ['models[0].files[0].digest', 'lower-case hex'],
    ],
    [
      'a file name that leads elsewhere',
      { files: [{ name: '../m.onnx', digest: `sha256:${'0'.repeat(64)}` }] },
      ['models[0].files[0].name', 'plain file name'],
    ],
    [
      'a file published on something else than the web',
      { files: [{ name: 'm.onnx', digest: `sha256:${'0'.repeat(64)}`, url: 'ftp://example.org/m' }] },
      ['models[0].files[0].url'],
    ],
    [
      "another task's parser",
      { task: 'CLASSIFY', input: { width: 8, height: 8 } },
      ['models[0]', 'an output parser of task CLASSIFY (softmax-top-k), and it is super-resolution'],
    ],
    [
      'a least score where nothing is found',
      { minScore: 0.5 },
      ['models[0]', 'expected minScore for task DETECT_OBJECTS only, and this is SUPER_RESOLVE'],
    ],
    [
      'a score to be unsure below where nothing is classified',
      { unsureBelow: 0.5 },
      ['models[0]', 'expected unsureBelow for task CLASSIFY only, and this is SUPER_RESOLVE'],
    ],
    [
      'no input size where the task needs one',
      { task: 'CLASSIFY', output: { parser: 'softmax-top-k' } },
      ['models[0]', 'input.width and input.height'],
    ],
  ])('names file and member: %s', async (_fault, change, words) => {
    const { path, message } = await refusal(described(change));
    for (const word of [path, ...words]) expect(message).toContain(word);
  });

  test('reports all faults together', async () => {
    const { message } = await refusal(described({ id: '', precision: 'FP8', files: [] }));
    for (const member of ['id', 'precision', 'files']) expect(message).toContain(`models[0].${member}`);
  });
});
