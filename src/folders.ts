import { tmpdir } from 'node:os';
import type { Config } from './config.js';
import { checkFolder, UnusableFolder } from './platform/folder-check.js';
import { makeFolder } from './platform/make-folder.js';
import { StorageUnavailable } from './platform/storage-unavailable.js';
import { checkRoom } from './platform/temporary-room.js';

/**
 * Tries out the folders that a process writes to.
 * @throws UnusableFolder
 */
export async function checkFolders(config: Config): Promise<void> {
  await Promise.all([usable(temporary()), ...(needsDataDir(config) ? [usable(data(config.dataDir))] : [])]);
}

/** @throws StorageUnavailable when the folder for temporary files cannot be used, now that the service runs */
export async function checkTemporaryFolder(): Promise<void> {
  try {
    await checkFolder(tmpdir());
    await checkRoom(tmpdir());
  } catch (cause) {
    throw new StorageUnavailable('temporary', cause);
  }
}

interface Folder {
  readonly purpose: string;
  readonly folder: string;
  readonly advice: string;
}

/** @param cause why nothing can be written there */
export function unusableTemporaryFolder(cause: unknown): UnusableFolder {
  return new UnusableFolder(temporary(), cause);
}

/** Uploads are kept there while they come, and large pictures while they are put together. */
function temporary(): Folder {
  return {
    purpose: 'temporary files',
    folder: tmpdir(),
    advice:
      'make room there, or set TMPDIR to a folder that can be written; in a container with a read-only root, mount a tmpfs or a volume there',
  };
}

function data(folder: string): Folder {
  return {
    purpose: 'stored data',
    folder,
    advice:
      'make room there, or set DATA_DIR to a folder that can be written; in a container, mount a volume there',
  };
}

/** The embedded queue, images on disk and the secret that is kept lie there; a process may be configured without all of them. */
function needsDataDir({ role, queueUrl, storage, signingSecret }: Config): boolean {
  return (
    queueUrl === undefined || storage === undefined || (role !== 'worker' && signingSecret === undefined)
  );
}

/** Makes it where it is missing, and tries it out. */
async function usable(facts: Folder): Promise<void> {
  try {
    await makeFolder(facts.folder);
    await checkFolder(facts.folder);
  } catch (cause) {
    throw new UnusableFolder(facts, cause);
  }
}
