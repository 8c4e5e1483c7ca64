import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inject } from 'vitest';
import { loadSession, type LoadedSession } from '../../src/inference/session.js';
import { readLabels } from '../../src/registry/labels.js';
import { readManifests, type ManifestEntry } from '../../src/registry/manifest.js';
import { prepare } from '../../src/registry/prepare.js';
import type { PreparedModel } from '../../src/registry/prepared-model.js';
import { obtain, type Sources } from '../../src/registry/sources.js';

/** The models that ship with the project, and those that lie in the shared folder. */
export type ModelId =
  | 'builtin-classifier'
  | 'builtin-road'
  | 'builtin-detector'
  | 'builtin-superres-x4'
  | 'yolox-nano'
  | 'road-segmentation-adas-0001'
  | 'single-image-super-resolution-1032'
  | 'single-image-super-resolution-1032-int8';

/** A model as the service would run it, and as it was before. */
export interface TestModel {
  readonly entry: ManifestEntry;
  readonly prepared: PreparedModel;
  readonly labels: readonly string[];
  /** The baked graph. */
  readonly network: LoadedSession;
  /** The path of the file that it was baked from. */
  readonly source: string;
  /** The network as it was published. */
  readonly plain: () => Promise<LoadedSession>;
  /** Frees the networks and removes the baked file. */
  readonly release: () => Promise<void>;
}

const ONE_THREAD = { intraOpThreads: 1, spin: false };

/** Bakes a model of `models/manifest.json` into a folder of its own and loads it. */
export async function prepareModel(id: ModelId): Promise<TestModel> {
  const entry = (await readManifests([resolve('models/manifest.json')])).find((model) => model.id === id);
  const file = entry?.files[0];
  if (!entry || !file) throw new Error(`models/manifest.json has no model ${id}`);
  const shared = inject('shared');
  const cacheDir = await mkdtemp(join(tmpdir(), 'okulo-models-'));
  const sources: Sources = {
    cacheDir,
    mirror: shared === null ? undefined : join(shared, 'models'),
    network: false,
  };
  const labels = (await readLabels(entry)).map(({ name }) => name);
  const { model: prepared } = await prepare(entry, labels.length, sources);
  const source = await obtain(entry, file, sources);

  const sessions: LoadedSession[] = [];
  const load = async (path: string): Promise<LoadedSession> => {
    const session = await loadSession(path, ONE_THREAD);
    sessions.push(session);
    return session;
  };
  return {
    entry,
    prepared,
    labels,
    network: await load(prepared.file),
    source,
    plain: () => load(source),
    release: async () => {
      await Promise.all(sessions.map((session) => session.release()));
      await rm(cacheDir, { recursive: true, force: true });
    },
  };
}

/** Loads an ONNX model that exists only in memory. */
export async function loadBytes(bytes: Uint8Array): Promise<LoadedSession> {
  const folder = await mkdtemp(join(tmpdir(), 'okulo-onnx-'));
  try {
    const file = join(folder, 'model.onnx');
    await writeFile(file, bytes);
    return await loadSession(file, ONE_THREAD);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The bytes of a shipped model's file. */
export function builtinBytes(name: 'classifier' | 'road' | 'detector' | 'superres'): Promise<Buffer> {
  return readFile(resolve('models/builtin', name, 'model.onnx'));
}
