import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type CodedError, messageOf } from '../../src/errors.js';
import { Catalog } from '../../src/registry/catalog.js';
import { prepare } from '../../src/registry/prepare.js';
import type { PreparedModel } from '../../src/registry/prepared-model.js';
import { writeManifest } from './model-folder.js';
import type { Mirrored } from './real-models.js';

/** Nothing that is damaged gets so far as to be run. */
const NEVER = (model: PreparedModel) => Promise.reject(new Error(`${model.id} was prepared`));

/**
 * Expects that a model is not prepared, by itself and in a catalog, that nothing of it is kept, and that a
 * request for it is told why.
 * @returns why
 */
export async function refused({
  model,
  entry,
  sources,
}: Mirrored): Promise<{ name: string; message: string }> {
  const error: unknown = await prepare(entry, 0, sources).catch((thrown: unknown) => thrown);
  const message = messageOf(error);
  expect(error).toBeInstanceOf(Error);
  expect(message).toMatch(/^[^\n]+$/);
  expect(await preparedFiles(sources.cacheDir)).toEqual([]);

  const catalog = await Catalog.read([await writeManifest([model])]);
  await catalog.prepare(sources, { verify: NEVER });
  const { id, task } = entry;
  const availability = catalog.find(id)?.availability;
  expect(availability).toMatchObject({
    status: 'UNAVAILABLE',
    reason: expect.stringMatching(/^[A-Z][^\n]+\.$/) as unknown,
  });
  expect(await preparedFiles(sources.cacheDir)).toEqual([]);
  expect(() => catalog.resolve(task, id)).toThrow(
    expect.objectContaining({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringContaining(`Model ${id} cannot be used: The file`) as unknown,
    }) as CodedError,
  );
  return { name: error instanceof Error ? error.name : '', message };
}

/** What lies in a cache's folder of prepared models. */
export function preparedFiles(cacheDir: string): Promise<string[]> {
  return readdir(join(cacheDir, 'prepared')).catch(() => []);
}
