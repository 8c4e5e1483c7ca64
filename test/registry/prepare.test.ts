import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConversionError } from '../../src/convert/conversion-error.js';
import type { ManifestEntry } from '../../src/registry/manifest.js';
import { discard, prepare } from '../../src/registry/prepare.js';
import { NotObtainable } from '../../src/registry/sources.js';
import { described, entryOf, offline, sha256, temporaryFolder, wholeModel } from './model-folder.js';

async function wholeEntry(more: Record<string, unknown> = {}): Promise<ManifestEntry> {
  const { folder, model } = await wholeModel(more);
  return entryOf(model, folder);
}

describe('preparing a model', () => {
  test('bakes it the first time, and finds it the second time', async () => {
    const entry = await wholeEntry();
    const sources = await offline();
    const first = await prepare(entry, 0, sources);
    const made = await stat(first.model.file);
    const second = await prepare(entry, 0, sources);
    expect([first.fresh, second.fresh]).toEqual([true, false]);
    expect(second.model).toEqual(first.model);
    expect((await stat(second.model.file)).mtimeMs).toBe(made.mtimeMs);
  });

  test('needs no source any more once it is done', async () => {
    const entry = await wholeEntry();
    const sources = await offline();
    await prepare(entry, 0, sources);
    await rm(join(entry.folder, 'model.onnx'));
    expect((await prepare(entry, 0, sources)).fresh).toBe(false);
  });

  test('tells all that a thread has to know of it', async () => {
    const entry = await wholeEntry({ cost: { megapixel: 1300 }, input: { pad: 7, fit: 'cover' } });
    const { model } = await prepare(entry, 5, await offline());
    expect(model).toMatchObject({
      id: 'tiny',
      labelCount: 5,
      input: { size: null, fit: 'cover', pad: 7 },
      output: { parser: 'super-resolution', scale: 4, receptiveFieldRadius: 12 },
      cost: { run: 20, megapixel: 1300 },
    });
    expect(model.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(model.file).toContain(`tiny-${model.digest.slice(0, 16)}.onnx`);
  });

  test.each<[what: string, change: Record<string, unknown>]>([
    ['its scale', { input: { scale: 0.5 } }],
    ['its channel order', { input: { scale: 1 / 255, channels: 'BGR' } }],
    ['how far it looks', { output: { parser: 'super-resolution', scale: 4, receptiveFieldRadius: 13 } }],
  ])('gives another file when the manifest changes %s', async (_what, change) => {
    const { folder, model } = await wholeModel();
    const sources = await offline();
    const before = await prepare(await entryOf(model, folder), 0, sources);
    const after = await prepare(await entryOf({ ...model, ...change }, folder), 0, sources);
    expect(after.fresh).toBe(true);
    expect(after.model.file).not.toBe(before.model.file);
    expect(after.model.digest).not.toBe(before.model.digest);
  });

  test('does not use what was prepared from a file with another digest', async () => {
    const { folder, model } = await wholeModel();
    const sources = await offline();
    await prepare(await entryOf(model, folder), 0, sources);
    const files = [{ name: 'model.onnx', path: 'model.onnx', digest: sha256('other weights') }];
    const changed = await entryOf({ ...model, files }, folder);
    await expect(prepare(changed, 0, sources)).rejects.toBeInstanceOf(NotObtainable);
  });

  test('gives the same file when only words change', async () => {
    const { folder, model } = await wholeModel();
    const sources = await offline();
    const before = await prepare(await entryOf(model, folder), 0, sources);
    const renamed = await entryOf({ ...model, title: 'Another title', defaultRank: 3 }, folder);
    const after = await prepare(renamed, 0, sources);
    expect(after).toEqual({ model: before.model, fresh: false });
  });

  test('starts anew after it has been discarded', async () => {
    const entry = await wholeEntry();
    const sources = await offline();
    const { model } = await prepare(entry, 0, sources);
    await discard(model);
    expect((await prepare(entry, 0, sources)).fresh).toBe(true);
  });
});

describe('the folder of prepared models', () => {
  test('holds nothing but them', async () => {
    const sources = await offline();
    await prepare(await wholeEntry(), 0, sources);
    const names = await readdir(join(sources.cacheDir, 'prepared'));
    expect(names).toEqual([expect.stringMatching(/^tiny-[0-9a-f]{16}\.onnx$/)]);
  });

  test('is not misled by what a killed process left in it', async () => {
    const entry = await wholeEntry();
    const sources = await offline();
    const { model } = await prepare(entry, 0, await offline());
    const folder = join(sources.cacheDir, 'prepared');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `tiny-${model.digest.slice(0, 16)}.onnx.4711.part`), 'half a mod');
    const again = await prepare(entry, 0, sources);
    expect(again.fresh).toBe(true);
    expect((await readFile(again.model.file)).equals(await readFile(model.file))).toBe(true);
  });

  test('is whole after several have prepared a model at the same time', async () => {
    const entry = await wholeEntry();
    const sources = await offline();
    const all = await Promise.all(Array.from({ length: 4 }, () => prepare(entry, 0, sources)));
    const alone = await prepare(entry, 0, await offline());
    const file = all[0]?.model.file ?? '';
    expect(new Set(all.map(({ model }) => model.file)).size).toBe(1);
    expect((await readFile(file)).equals(await readFile(alone.model.file))).toBe(true);
    expect(await readdir(join(sources.cacheDir, 'prepared'))).toHaveLength(1);
  });

  test('is named when it cannot be made', async () => {
    const occupied = join(await temporaryFolder(), 'cache');
    await writeFile(occupied, 'a file where a folder should be');
    const preparing = prepare(await wholeEntry(), 0, await offline({ cacheDir: occupied }));
    await expect(preparing).rejects.toThrow(
      `The prepared model cannot be kept in ${join(occupied, 'prepared')}`,
    );
    await expect(preparing).rejects.toThrow('Set MODEL_CACHE to a folder that can be written');
  });

  // Root may write everywhere.
  test.skipIf(process.getuid?.() === 0)('is named when it cannot be written', async () => {
    const sources = await offline();
    const folder = join(sources.cacheDir, 'prepared');
    await mkdir(folder, { recursive: true, mode: 0o500 });
    const preparing = prepare(await wholeEntry(), 0, sources);
    await expect(preparing).rejects.toThrow(`cannot be kept in ${folder} (EACCES`);
    await chmod(folder, 0o700);
  });
});

describe('a model that cannot be prepared', () => {
  test.each(['openvino-ir', 'caffe'])('says so when its files are not of the form %s', async (format) => {
    const preparing = prepare(await wholeEntry({ format }), 0, await offline());
    await expect(preparing).rejects.toBeInstanceOf(ConversionError);
  });

  test('says so when it is ONNX in two files', async () => {
    const { folder, model } = await wholeModel();
    const digest = sha256(await readFile(join(folder, 'model.onnx')));
    const files = ['a.onnx', 'b.onnx'].map((name) => ({ name, path: 'model.onnx', digest }));
    const preparing = prepare(await entryOf({ ...model, files }, folder), 0, await offline());
    await expect(preparing).rejects.toBeInstanceOf(ConversionError);
    await expect(preparing).rejects.toThrow('its files are a.onnx, b.onnx');
  });

  test('leaves nothing behind when its file is no network', async () => {
    const folder = await temporaryFolder();
    const text = 'not a network at all';
    await writeFile(join(folder, 'model.onnx'), text);
    const files = [{ name: 'model.onnx', path: 'model.onnx', digest: sha256(text) }];
    const sources = await offline();
    const preparing = prepare(await entryOf(described({ files }), folder), 0, sources);
    await expect(preparing).rejects.toBeInstanceOf(ConversionError);
    await expect(readdir(join(sources.cacheDir, 'prepared'))).rejects.toThrow('ENOENT');
  });
});
