import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bakeModel, CONVERTER_VERSIONS, type NamedFile, type PublishedModel } from '../convert/bake-model.js';
import { messageOf } from '../errors.js';
import { bakeSpecOf, type ManifestEntry } from './manifest.js';
import type { PreparedModel } from './prepared-model.js';
import { obtain, type Sources } from './sources.js';

/** A prepared model, and whether it was made just now and so has never been run. */
export interface Preparation {
  readonly model: PreparedModel;
  readonly fresh: boolean;
}

/** Converts a published model and bakes it. */
export type Bake = (model: PublishedModel) => Promise<Uint8Array>;

/** On the calling thread, for up to a second. */
export const bakeHere: Bake = (model) => Promise.resolve().then(() => bakeModel(model));

/** There is no place for prepared models. */
class UnwritableCache extends Error {
  override readonly name = 'UnwritableCache';
}

/**
 * Makes a model ready to be served: finds or fetches its files, converts them, bakes pre- and post-processing
 * into the graph, and keeps the result. The kept file's name carries a digest of the sources and of how they
 * were baked, so a stale one is never used and a right one never made twice.
 * @param labelCount how many labels the model's list has
 * @param bake converts and bakes
 * @throws NotObtainable, ConversionError, UnwritableCache
 */
export async function prepare(
  entry: ManifestEntry,
  labelCount: number,
  sources: Sources,
  bake: Bake = bakeHere,
): Promise<Preparation> {
  const digest = preparationDigest(entry);
  const folder = join(sources.cacheDir, 'prepared');
  const file = join(folder, `${entry.id}-${digest.slice(0, 16)}.onnx`);
  const model = preparedModel(entry, file, digest, labelCount);
  if (await exists(file)) return { model, fresh: false };

  const { format } = entry;
  const baked = await bake({ format, files: await filesOf(entry, sources), spec: bakeSpecOf(entry) });
  await keep(folder, file, baked);
  return { model, fresh: true };
}

async function keep(folder: string, file: string, baked: Uint8Array): Promise<void> {
  // Not the process id: two containers that share a cache are both process 1.
  const staged = `${file}.${randomUUID()}.part`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(staged, baked);
    await rename(staged, file);
  } catch (cause) {
    await rm(staged, { force: true }).catch(() => undefined);
    throw new UnwritableCache(
      `the prepared model can not be kept in ${folder} (${messageOf(cause)}); set MODEL_CACHE to a folder that can be written`,
      { cause },
    );
  }
}

/** Forgets a prepared file that turned out not to run. */
export async function discard({ file }: PreparedModel): Promise<void> {
  await rm(file, { force: true });
}

/** Files are fetched one after the other: a model has few, and a message about one of them is enough. */
async function filesOf(entry: ManifestEntry, sources: Sources): Promise<NamedFile[]> {
  const files: NamedFile[] = [];
  for (const file of entry.files) {
    files.push({ name: file.name, bytes: await readFile(await obtain(entry, file, sources)) });
  }
  return files;
}

function preparationDigest(entry: ManifestEntry): string {
  const { format, files } = entry;
  const version = CONVERTER_VERSIONS[format];
  const sources = files.map(({ name, digest }) => [name, digest]);
  return createHash('sha256')
    .update(JSON.stringify({ version, format, sources, ...bakeSpecOf(entry) }))
    .digest('hex');
}

function preparedModel(
  entry: ManifestEntry,
  file: string,
  digest: string,
  labelCount: number,
): PreparedModel {
  const { id, input, output, cost } = entry;
  const { width, height, fit, pad } = input;
  const size = width !== undefined && height !== undefined ? { width, height } : null;
  return { id, file, digest, labelCount, input: { size, fit, pad }, output, cost };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
