import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../platform/make-folder.js';
import { checkFolder } from '../../platform/folder-check.js';
import { StorageUnavailable } from '../../platform/storage-unavailable.js';

/** A picture is stitched within minutes; what lies there longer was left by a process that was killed. */
const STRAY_AFTER_MS = 3_600_000;

/**
 * Runs work with a folder of its own, which is gone afterwards.
 * @throws StorageUnavailable where the work failed and nothing more can be written there: libraries that write
 *   files give no such reason, or one in words
 */
export async function withScratch<T>(scratchDir: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(scratchDir, randomUUID());
  try {
    await makeFolder(folder);
    return await work(folder);
  } catch (error) {
    await checkFolder(folder).catch((cause: unknown) => {
      throw new StorageUnavailable('temporary', cause);
    });
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what killed processes left. Others that share the folder are not disturbed. */
export async function sweepScratch(scratchDir: string): Promise<void> {
  const limit = Date.now() - STRAY_AFTER_MS;
  for (const name of await readdir(scratchDir).catch(() => [])) {
    const path = join(scratchDir, name);
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtimeMs < limit) await rm(path, { recursive: true, force: true });
  }
}
