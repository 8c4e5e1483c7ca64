/** What was prepared well and damaged since: by a full disk, a power cut, a bad copy. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadSession } from '../../src/inference/session.js';
import { warmUp } from '../../src/inference/warm-up.js';
import { Catalog } from '../../src/registry/catalog.js';
import type { PreparedModel } from '../../src/registry/prepared-model.js';
import { offline, wholeModel, writeManifest } from './model-folder.js';

const DAMAGES: readonly [what: string, damage: (bytes: Buffer) => Buffer][] = [
  ['empty', () => Buffer.of()],
  ['cut off in its middle', (bytes) => bytes.subarray(0, bytes.length >> 1)],
  ['cut off before its last byte', (bytes) => bytes.subarray(0, -1)],
  ['zeros', (bytes) => Buffer.alloc(bytes.length)],
  ['zeros from its middle on', (bytes) => Buffer.from(bytes).fill(0, bytes.length >> 1)],
  ['different in one bit', (bytes) => Buffer.from(bytes).fill((bytes[999] ?? 0) ^ 1, 999, 1000)],
];

/** One start after the other of a service with one model, each of which runs what it made. */
async function serviceOf() {
  const { folder, model } = await wholeModel();
  const manifest = await writeManifest([model], folder);
  const sources = await offline();
  const start = async () => {
    const verified: string[] = [];
    const catalog = await Catalog.read([manifest]);
    const verify = async (made: PreparedModel) => {
      verified.push(made.id);
      await run(made);
    };
    await catalog.prepare(sources, { verify });
    return { catalog, verified };
  };
  return { start, source: join(folder, 'model.onnx') };
}

async function run(model: PreparedModel): Promise<void> {
  const session = await loadSession(model.file, { intraOpThreads: 1, spin: false });
  await warmUp(session, model).finally(() => session.release());
}

describe('a prepared file that is found to be', () => {
  test.each(DAMAGES)('%s is made anew at the next start, and runs', async (_what, damage) => {
    const { start } = await serviceOf();
    const { prepared } = (await start()).catalog.resolve('SUPER_RESOLVE', 'tiny');
    const whole = await readFile(prepared.file);
    await writeFile(prepared.file, damage(whole));

    const next = await start();

    expect(next.verified).toEqual(['tiny']);
    expect((await readFile(prepared.file)).equals(whole)).toBe(true);
    await run(next.catalog.resolve('SUPER_RESOLVE', 'tiny').prepared);
  });

  test('damaged is not served when its source is gone, either', async () => {
    const { start, source } = await serviceOf();
    const { prepared } = (await start()).catalog.resolve('SUPER_RESOLVE', 'tiny');
    await writeFile(prepared.file, (await readFile(prepared.file)).subarray(0, -1));
    await rm(source);

    const { catalog } = await start();

    expect(() => catalog.resolve('SUPER_RESOLVE', 'tiny')).toThrow(
      /^Model tiny cannot be used: The file model\.onnx could not be downloaded/,
    );
  });
});
