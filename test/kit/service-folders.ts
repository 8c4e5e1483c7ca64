import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder where test services keep prepared models, so that they are baked once for all of them. It belongs to
 * one build: what an earlier build baked is never used.
 */
export const MODEL_CACHE = join(tmpdir(), `okulo-test-models-${buildId()}`);

/** A new folder for a service's data; remove it with `removeFolder`. */
export async function dataFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'okulo-service-'));
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** The keys of all objects that a service has stored. */
export async function storedKeys(dataDir: string): Promise<string[]> {
  const objects = join(dataDir, 'objects');
  const entries = await readdir(objects, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(objects.length + 1))
    .filter((key) => !key.startsWith('.'));
}

function buildId(): string {
  const stamp = readFileSync(new URL('../../dist/.built', import.meta.url));
  return createHash('sha256').update(stamp).digest('hex').slice(0, 16);
}
