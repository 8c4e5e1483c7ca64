import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bake, BAKE_VERSION } from '../convert/bake.js';
import { ConversionError } from '../convert/conversion-error.js';
import { messageOf } from '../errors.js';
import { bakeSpecOf, type ManifestEntry } from './manifest.js';
import type { PreparedModel } from './prepared-model.js';
import { obtain, type Sources } from './sources.js';

/** A prepared model, and whether it was made just now and so has never been run. */
export interface Preparation {
  readonly model: PreparedModel;
  readonly fresh: boolean;
}

/** There is no place for prepared models. */
class UnwritableCache extends Error {
  override readonly name = 'UnwritableCache';
}

/**
 * Makes a model ready to be served: finds or fetches its files, converts them, bakes pre- and post-processing
 * into the graph, and keeps the result. The kept file's name carries a digest of the sources and of how they
 * were baked, so a stale one is never used and a right one never made twice.
 * @param labelCount how many labels the model's list has
 * @throws NotObtainable, ConversionError, UnwritableCache
 */
export async function prepare(
  entry: ManifestEntry,
  labelCount: number,
  sources: Sources,
): Promise<Preparation> {
  const digest = preparationDigest(entry);
  const folder = join(sources.cacheDir, 'prepared');
  const file = join(folder, `${entry.id}-${digest.slice(0, 16)}.onnx`);
  const model = preparedModel(entry, file, digest, labelCount);
  if (await exists(file)) return { model, fresh: false };

  const baked = bake(await plainOnnx(entry, sources), bakeSpecOf(entry));
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

async function plainOnnx(entry: ManifestEntry, sources: Sources): Promise<Uint8Array> {
  const [file, ...more] = entry.files;
  if (entry.format !== 'onnx') {
    throw new ConversionError(
      `its published form (${entry.format === 'caffe' ? 'Caffe' : 'OpenVINO IR'}) can not be converted by this version`,
    );
  }
  if (!file || more.length > 0)
    throw new ConversionError(`a model of format onnx is one file, and ${entry.files.length} are named`);
  return readFile(await obtain(entry, file, sources));
}

function preparationDigest(entry: ManifestEntry): string {
  const { format, files } = entry;
  const sources = files.map(({ name, digest }) => [name, digest]);
  return createHash('sha256')
    .update(JSON.stringify({ BAKE_VERSION, format, sources, ...bakeSpecOf(entry) }))
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
