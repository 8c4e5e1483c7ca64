/** Whole models of every format, as their publishers made them, for tests to damage. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inject } from 'vitest';
import { z } from 'zod';
import type { ManifestEntry } from '../../src/registry/manifest.js';
import type { Sources } from '../../src/registry/sources.js';
import { described, entryOf, fileOf, offline, temporaryFolder } from './model-folder.js';

/** Where a model comes from: its manifest entry as it is written, and the folder of its files by their names. */
export interface RealModel {
  readonly model: Readonly<Record<string, unknown>>;
  readonly folder: string;
  readonly names: readonly string[];
}

export type Contents = ReadonlyMap<string, Buffer>;

const published = z.object({ models: z.array(z.looseObject({ id: z.string() })) });
const { models } = published.parse(JSON.parse(await readFile('models/manifest.json', 'utf8')));
const shared = inject('shared');

const BUILT_IN: RealModel = {
  model: described({
    id: 'builtin-superres-x4',
    output: { parser: 'super-resolution', scale: 4, receptiveFieldRadius: 8 },
  }),
  folder: 'models/builtin/superres',
  names: ['model.onnx'],
};

const CAFFE: RealModel = {
  model: described({
    id: 'made-up-ssd',
    task: 'DETECT_OBJECTS',
    format: 'caffe',
    labels: ['one', 'two', 'three'],
    input: { width: 20, height: 16, channels: 'BGR' },
    output: { parser: 'ssd', boxes: 'boxes', scores: 'scores', iouThreshold: 0.4 },
  }),
  folder: 'test/fixtures/caffe/every-layer',
  names: ['deploy.prototxt', 'weights.caffemodel'],
};

/** By name; those that lie beside the project only where they do. */
export const REAL_MODELS = new Map<string, RealModel>([
  ['the built-in ONNX', BUILT_IN],
  ['the Caffe pair', CAFFE],
  ...(shared === null
    ? []
    : ([
        ['yolox-nano', sharedModel(shared, 'yolox-nano', ['yolox_nano.onnx'])],
        [
          'road-segmentation-adas-0001',
          sharedModel(shared, 'road-segmentation-adas-0001', [
            'road-segmentation-adas-0001.xml',
            'road-segmentation-adas-0001.bin',
          ]),
        ],
        [
          'single-image-super-resolution-1032',
          sharedModel(shared, 'single-image-super-resolution-1032', [
            'FP32/single-image-super-resolution-1032.xml',
            'FP32/single-image-super-resolution-1032.bin',
          ]),
        ],
      ] satisfies [string, RealModel][])),
]);

function sharedModel(root: string, id: string, names: readonly string[]): RealModel {
  const model = models.find((candidate) => candidate.id === id);
  if (!model) throw new Error(`models/manifest.json has no model ${id}`);
  return { model: { ...model, labels: undefined }, folder: join(root, 'models', id), names };
}

export async function contentsOf({ folder, names }: RealModel): Promise<Map<string, Buffer>> {
  const read = async (name: string): Promise<[string, Buffer]> => [name, await readFile(join(folder, name))];
  return new Map(await Promise.all(names.map(read)));
}

/** A copy in a mirror. */
export interface Mirrored {
  /** The entry as it is written, with the digests of what it was told to expect. */
  readonly model: Record<string, unknown>;
  readonly entry: ManifestEntry;
  readonly sources: Sources;
  /** Writes a file into the mirror. */
  readonly put: (name: string, bytes: Uint8Array) => Promise<void>;
}

/**
 * Puts a model into a mirror of its own, with nothing in the cache yet.
 * @param contents what its manifest entry expects, and what lies there
 */
export async function mirrored(real: RealModel, contents: Contents): Promise<Mirrored> {
  const mirror = await temporaryFolder();
  const files = [...contents].map(([name, bytes]) => fileOf(bytes, { name }));
  const model = { ...real.model, files };
  const entry = await entryOf(model);
  const put = (name: string, bytes: Uint8Array) => write(join(mirror, entry.id, name), bytes);
  for (const [name, bytes] of contents) await put(name, bytes);
  return { model, entry, sources: await offline({ mirror }), put };
}

/** Writes a file and the folders on the way to it. */
export async function write(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}
