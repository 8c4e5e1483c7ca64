import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { readManifests, type ManifestEntry, type ModelFile } from '../../src/registry/manifest.js';
import type { Sources } from '../../src/registry/sources.js';

/** The smallest model that ships: it bakes in a moment. */
const SMALL_MODEL = resolve('models/builtin/superres/model.onnx');

/** An empty folder that goes when the running test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'okulo-registry-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Sources without mirror and network; `cacheDir` is a folder of its own. */
export async function offline(more: Partial<Sources> = {}): Promise<Sources> {
  return { cacheDir: join(await temporaryFolder(), 'cache'), mirror: undefined, network: false, ...more };
}

export function sha256(bytes: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** A manifest entry, as it is written, of a valid super resolution model whose file is not there. */
export function described(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'tiny',
    task: 'SUPER_RESOLVE',
    title: 'A small network',
    license: 'Apache-2.0',
    format: 'onnx',
    precision: 'FP32',
    files: [{ name: 'model.onnx', digest: sha256('nothing') }],
    input: { scale: 1 / 255 },
    output: { parser: 'super-resolution', scale: 4, receptiveFieldRadius: 12 },
    ...more,
  };
}

/** Writes a manifest into a folder of its own, or the one given. */
export async function writeManifest(models: readonly unknown[], folder?: string): Promise<string> {
  const path = join(folder ?? (await temporaryFolder()), 'manifest.json');
  await writeFile(path, JSON.stringify({ models }));
  return path;
}

/** The one entry of a manifest with it; its folder is where the manifest was written. */
export async function entryOf(model: Record<string, unknown>, folder?: string): Promise<ManifestEntry> {
  const [entry] = await readManifests([await writeManifest([model], folder)]);
  if (!entry) throw new Error('A manifest with a model has an entry');
  return entry;
}

/** A whole model in a folder of its own: its manifest entry, as it is written, and where it lies. */
export async function wholeModel(
  more: Record<string, unknown> = {},
): Promise<{ folder: string; model: Record<string, unknown> }> {
  const folder = await temporaryFolder();
  await copyFile(SMALL_MODEL, join(folder, 'model.onnx'));
  const bytes = await readFile(SMALL_MODEL);
  const file = { name: 'model.onnx', path: 'model.onnx', bytes: bytes.byteLength, digest: sha256(bytes) };
  return { folder, model: described({ files: [file], ...more }) };
}

/** A file's line in a manifest, for these bytes. */
export function fileOf(bytes: Uint8Array | string, more: Partial<ModelFile> = {}): ModelFile {
  return { name: 'weights.bin', bytes: Buffer.byteLength(bytes), digest: sha256(bytes), ...more };
}
