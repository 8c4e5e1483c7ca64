import { createHash, randomUUID } from 'node:crypto';
import { access, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeStaged } from '../platform/staged-file.js';
import { makeFolder } from '../platform/make-folder.js';
import { bakeModel, CONVERTER_VERSIONS, type NamedFile } from '../convert/bake-model.js';
import type { BakeSpec } from '../convert/bake/spec.js';
import { bakeSpecOf, type ManifestEntry } from './manifest.js';
import type { PreparedModel } from './prepared-model.js';
import type { OnProgress } from './progress.js';
import { hasValidChecksum, withChecksum } from './checksum.js';
import { obtain, type Sources } from './sources.js';
import { cacheFault } from './unusable-cache.js';
import type { ModelBuilder } from './model-builder.js';

/** A prepared model, and whether it was made just now. */
export interface Preparation {
  readonly model: PreparedModel;
  readonly fresh: boolean;
}

/**
 * Makes a model ready to be served: finds or fetches its files, converts them, bakes pre- and post-processing
 * into the graph, proves that it can answer, and keeps the result. What is kept was proved: whoever shares the
 * cache, or starts after this process was killed half-way, finds nothing that was not. The kept file's name carries
 * a digest of the sources and of how they were baked, so a stale one is never used and a right one never made
 * twice; one that was damaged since is made anew.
 * @param labelCount how many labels the model's list has
 * @throws NotObtainable, ConversionError, UnusableCache, and what the proof found
 */
export async function prepare(
  entry: ManifestEntry,
  labelCount: number,
  sources: Sources,
  { bake = bakeModel, verify, onProgress }: Partial<ModelBuilder> = {},
): Promise<Preparation> {
  const model = preparedModel(entry, labelCount, sources);
  if (await hasValidChecksum(model.file)) return { model, fresh: false };

  const { id, format } = entry;
  const files = await filesOf(entry, sources, onProgress);
  onProgress?.(id, { step: 'convert' });
  const baked = await bake({ format, files, spec: bakeSpecOf(entry, labelCount) });
  await keep(model.file, withChecksum(baked), async (staged) => {
    onProgress?.(id, { step: 'verify' });
    await verify?.({ ...model, file: staged });
  });
  return { model, fresh: true };
}

/** The prepared model of an entry, and whether it is there, and whole. */
export async function findPrepared(
  entry: ManifestEntry,
  labelCount: number,
  sources: Sources,
): Promise<{ readonly model: PreparedModel; readonly state: 'WHOLE' | 'DAMAGED' | 'ABSENT' }> {
  const model = preparedModel(entry, labelCount, sources);
  if (await hasValidChecksum(model.file)) return { model, state: 'WHOLE' };
  const there = await access(model.file).then(
    () => true,
    () => false,
  );
  return { model, state: there ? 'DAMAGED' : 'ABSENT' };
}

/** @param prove is given the file's path before it gets its name; when it fails nothing is kept */
async function keep(
  file: string,
  baked: Uint8Array,
  prove: (staged: string) => Promise<void>,
): Promise<void> {
  // Not the process id: two containers that share a cache are both process 1.
  const staged = `${file}.${randomUUID()}.part`;
  const folder = dirname(file);
  const inCache = async (write: () => Promise<unknown>): Promise<void> => {
    try {
      await write();
    } catch (cause) {
      throw cacheFault('The prepared model', folder, cause);
    }
  };
  await writeStaged({
    staged,
    path: file,
    write: async () => {
      await inCache(async () => {
        await makeFolder(folder);
        await writeFile(staged, baked);
      });
      await prove(staged);
    },
    publish: () => inCache(() => rename(staged, file)),
  });
}

/** Forgets a prepared file that turned out not to run. */
export async function discard({ file }: PreparedModel): Promise<void> {
  await rm(file, { force: true });
}

/** Files are fetched one after the other: a model has few, and a message about one of them is enough. */
async function filesOf(
  entry: ManifestEntry,
  sources: Sources,
  onProgress?: OnProgress,
): Promise<NamedFile[]> {
  const files: NamedFile[] = [];
  for (const file of entry.files) {
    files.push({ name: file.name, bytes: await readFile(await obtain(entry, file, sources, onProgress)) });
  }
  return files;
}

function preparationDigest({ format, files }: ManifestEntry, spec: BakeSpec): string {
  const version = CONVERTER_VERSIONS[format];
  const sources = files.map(({ name, digest }) => [name, digest]);
  return createHash('sha256')
    .update(JSON.stringify({ version, format, sources, ...spec }))
    .digest('hex');
}

/** The model that an entry is prepared into, whether it is there or not. */
function preparedModel(entry: ManifestEntry, labelCount: number, sources: Sources): PreparedModel {
  const { id, input, output, cost } = entry;
  const { width, height, fit, pad } = input;
  const size = width !== undefined && height !== undefined ? { width, height } : null;
  const digest = preparationDigest(entry, bakeSpecOf(entry, labelCount));
  const file = join(sources.cacheDir, 'prepared', `${id}-${digest.slice(0, 16)}.onnx`);
  return { id, file, digest, labelCount, input: { size, fit, pad }, output, cost };
}
