import { access, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CodedError } from '../../src/errors.js';
import { Catalog } from '../../src/registry/catalog.js';
import { readManifests } from '../../src/registry/manifest.js';
import { findPrepared } from '../../src/registry/prepare.js';
import type { Sources } from '../../src/registry/sources.js';
import { described, offline, wholeModel, writeManifest } from './model-folder.js';

const RUNS = () => Promise.resolve();

/** A catalog of models that are all prepared from one file, but for those whose digest is not that file's. */
async function catalogOf(
  models: readonly Record<string, unknown>[],
  verify: (model: { id: string }) => Promise<void> = RUNS,
): Promise<{ catalog: Catalog; sources: Sources }> {
  const { folder, model } = await wholeModel();
  const catalog = await Catalog.read([
    await writeManifest(
      models.map((more) => ({ ...model, ...more })),
      folder,
    ),
  ]);
  const sources = await offline();
  await catalog.prepare(sources, { verify });
  return { catalog, sources };
}

const ABSENT = { files: described()['files'] };

function isDefault(catalog: Catalog): Record<string, boolean> {
  return Object.fromEntries(catalog.list().map((known) => [known.entry.id, known.isDefault]));
}

function refusalOf(call: () => unknown): CodedError {
  try {
    call();
  } catch (error) {
    if (error instanceof CodedError) return error;
  }
  throw new Error('Expected a CodedError');
}

describe('the default of a task', () => {
  test('is the usable model of the lowest rank', async () => {
    const { catalog } = await catalogOf([
      { id: 'second', defaultRank: 2 },
      { id: 'first', defaultRank: 1 },
      { id: 'unranked' },
    ]);
    expect(isDefault(catalog)).toEqual({ first: true, second: false, unranked: false });
    expect(catalog.resolve('SUPER_RESOLVE').entry.id).toBe('first');
    expect(catalog.resolve('SUPER_RESOLVE', null).entry.id).toBe('first');
  });

  test('is the next in rank when the first cannot be used', async () => {
    const { catalog } = await catalogOf([
      { id: 'first', defaultRank: 1, ...ABSENT },
      { id: 'second', defaultRank: 2 },
    ]);
    expect(isDefault(catalog)).toEqual({ first: false, second: true });
  });

  test('changes when it is taken out of service, and its file goes', async () => {
    const { catalog } = await catalogOf([
      { id: 'first', defaultRank: 1, input: { scale: 0.5 } },
      { id: 'second', defaultRank: 2 },
    ]);
    const { prepared } = catalog.resolve('SUPER_RESOLVE');
    await catalog.withdraw(prepared, 'It does not run.');
    expect(catalog.resolve('SUPER_RESOLVE').entry.id).toBe('second');
    expect(catalog.find('first')?.availability).toMatchObject({
      status: 'UNAVAILABLE',
      reason: 'It does not run.',
    });
    await expect(access(prepared.file)).rejects.toThrow('ENOENT');
  });

  test('is told for the tasks that are asked for', async () => {
    const { catalog } = await catalogOf([{ id: 'first', defaultRank: 1 }, { id: 'other' }]);
    expect(catalog.defaults(['SUPER_RESOLVE', 'CLASSIFY']).map(({ id }) => id)).toEqual(['first']);
    expect(catalog.defaults(['CLASSIFY'])).toEqual([]);
  });
});

describe('a request', () => {
  test('is served by the model that it names, default or not', async () => {
    const { catalog } = await catalogOf([{ id: 'first', defaultRank: 1 }, { id: 'other' }]);
    const model = catalog.resolve('SUPER_RESOLVE', 'other');
    expect([model.entry.id, model.isDefault]).toEqual(['other', false]);
  });

  test('for a model that nobody knows is told which ones are ready', async () => {
    const { catalog } = await catalogOf([{ id: 'a' }, { id: 'b' }, { id: 'c', ...ABSENT }]);
    const { code, message } = refusalOf(() => catalog.resolve('SUPER_RESOLVE', 'nobody'));
    expect(code).toBe('MODEL_NOT_FOUND');
    expect(message).toBe("There is no model 'nobody'. Ready for this: a, b.");
  });

  test('for a model that cannot be used is told why, and which ones are ready', async () => {
    const { catalog } = await catalogOf([{ id: 'a' }, { id: 'c', ...ABSENT }]);
    const { code, message } = refusalOf(() => catalog.resolve('SUPER_RESOLVE', 'c'));
    expect(code).toBe('MODEL_UNAVAILABLE');
    expect(message).toMatch(
      /^Model c cannot be used: The file model\.onnx could not be downloaded: .*\. Ready for this: a\.$/,
    );
  });

  test('for a model of another task is the request’s own fault', async () => {
    const { catalog } = await catalogOf([{ id: 'a' }]);
    const { code, message } = refusalOf(() => catalog.resolve('CLASSIFY', 'a'));
    expect(code).toBe('BAD_USER_INPUT');
    expect(message).toBe('Model a is for SUPER_RESOLVE, and this is CLASSIFY. No model is ready for this.');
  });

  test('that names no model where none is the default is told which can be named', async () => {
    const { catalog } = await catalogOf([{ id: 'unranked' }]);
    const { code, message } = refusalOf(() => catalog.resolve('SUPER_RESOLVE'));
    expect(code).toBe('MODEL_UNAVAILABLE');
    expect(message).toContain('Ready for this: unranked.');
  });

  test('for a task without any model is told so', async () => {
    const { catalog } = await catalogOf([]);
    const { code, message } = refusalOf(() => catalog.resolve('SUPER_RESOLVE'));
    expect(code).toBe('MODEL_UNAVAILABLE');
    expect(message).toContain('No model is ready for this.');
  });
});

describe('preparing', () => {
  test('one that fails leaves the others usable', async () => {
    const { catalog } = await catalogOf([{ id: 'broken', ...ABSENT }, { id: 'whole' }]);
    expect(catalog.list().map(({ availability }) => availability.status)).toEqual(['UNAVAILABLE', 'READY']);
  });

  test('before it, no model can be used', async () => {
    const { folder, model } = await wholeModel();
    const catalog = await Catalog.read([await writeManifest([model], folder)]);
    expect(catalog.find('tiny')?.availability).toMatchObject({
      status: 'UNAVAILABLE',
      reason: 'It has not been prepared yet.',
    });
  });

  test('a model that is made but does not run is not kept, and says why', async () => {
    const { catalog, sources } = await catalogOf([{ id: 'tiny' }], () =>
      Promise.reject(new Error('the output is missing')),
    );
    expect(catalog.find('tiny')?.availability).toMatchObject({
      status: 'UNAVAILABLE',
      reason: 'The output is missing.',
    });
    const verified: string[] = [];
    const verify = ({ id }: { id: string }) => Promise.resolve(void verified.push(id));
    await catalog.prepare(sources, { verify });
    expect(verified).toEqual(['tiny']);
    expect(catalog.resolve('SUPER_RESOLVE', 'tiny').entry.id).toBe('tiny');
  });

  test('tells clients what is wrong without the folders of this machine, which the operator sees', async () => {
    const { catalog } = await catalogOf([{ id: 'tiny' }], ({ id }) =>
      Promise.reject(new Error(`/srv/okulo/cache/prepared/${id}.onnx does not run, see https://a.test/b/c`)),
    );
    expect(catalog.find('tiny')?.availability).toMatchObject({
      status: 'UNAVAILABLE',
      reason: 'Tiny.onnx does not run, see https://a.test/b/c.',
      fault: '/srv/okulo/cache/prepared/tiny.onnx does not run, see https://a.test/b/c.',
    });
    const { message } = refusalOf(() => catalog.resolve('SUPER_RESOLVE', 'tiny'));
    expect(message).toContain('Tiny.onnx does not run');
    expect(message).not.toContain('/srv');
  });

  test('a model that is being proved is not there for whoever shares the cache', async () => {
    const { folder, model } = await wholeModel();
    const manifest = await writeManifest([model], folder);
    const sources = await offline();
    const seen: unknown[] = [];
    const verify = async ({ file }: { file: string }) => {
      const [entry] = await readManifests([manifest]);
      const { model: kept, state } = await findPrepared(entry ?? expect.fail('no entry'), 0, sources);
      seen.push(state, file === kept.file);
      await expect(access(file)).resolves.toBeUndefined();
    };
    const catalog = await Catalog.read([manifest]);
    await catalog.prepare(sources, { verify });
    expect(seen).toEqual(['ABSENT', false]);
    await expect(access(catalog.resolve('SUPER_RESOLVE', 'tiny').prepared.file)).resolves.toBeUndefined();
  });

  test('a model that is refused leaves no file behind', async () => {
    const { sources } = await catalogOf([{ id: 'tiny' }], () =>
      Promise.reject(new Error('it cannot answer')),
    );
    expect(await readdir(join(sources.cacheDir, 'prepared'))).toEqual([]);
  });

  test('a model is run once after it is made, and not again when it is found', async () => {
    const { folder, model } = await wholeModel();
    const manifest = await writeManifest([model], folder);
    const sources = await offline();
    const verified: string[] = [];
    const verify = ({ id }: { id: string }) => Promise.resolve(void verified.push(id));
    for (let start = 0; start < 2; start += 1)
      await (await Catalog.read([manifest])).prepare(sources, { verify });
    expect(verified).toEqual(['tiny']);
  });

  test('leaves models that are ready alone, also where they are asked for by name', async () => {
    const { catalog, sources } = await catalogOf([{ id: 'ready' }, { id: 'broken', ...ABSENT }]);
    const { prepared } = catalog.resolve('SUPER_RESOLVE', 'ready');
    // With its file gone, it would have to be made again, and does not pass any more.
    await rm(prepared.file);
    const changed = new Set<string>();
    catalog.changes.on('change', (id) => changed.add(id));
    const verify = () => Promise.reject(new Error('it does not run any more'));
    await catalog.prepare(sources, { verify });
    await catalog.prepare(sources, { verify }, ['ready']);
    expect(catalog.resolve('SUPER_RESOLVE', 'ready').prepared).toBe(prepared);
    expect([...changed]).toEqual(['broken']);
  });

  test('twice at a time does the work once', async () => {
    const { folder, model } = await wholeModel();
    const catalog = await Catalog.read([await writeManifest([model], folder)]);
    const sources = await offline();
    const verified: string[] = [];
    const verify = ({ id }: { id: string }) => Promise.resolve(void verified.push(id));
    await Promise.all([catalog.prepare(sources, { verify }), catalog.prepare(sources, { verify })]);
    expect(verified).toEqual(['tiny']);
  });
});

test('models are listed by task, in the order of the manifest', async () => {
  const { catalog } = await catalogOf([{ id: 'b' }, { id: 'a' }]);
  expect(catalog.list('SUPER_RESOLVE').map(({ entry }) => entry.id)).toEqual(['b', 'a']);
  expect(catalog.list('CLASSIFY')).toEqual([]);
  expect(catalog.find('nobody')).toBeUndefined();
});
