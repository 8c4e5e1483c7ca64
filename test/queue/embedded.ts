import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder, type TestStore } from './stores.js';
import { openQueueBackend, type QueueBackend } from '../../src/queue/backend.js';

export interface Embedded {
  readonly backend: QueueBackend;
  /** A folder for whatever else a suite keeps; it goes with the queue. */
  readonly folder: string;
  readonly close: () => Promise<void>;
}

/** A queue of one kind or another for a suite, with a folder beside it. */
export async function openStand({ where, end }: TestStore): Promise<Embedded> {
  const folder = await temporaryFolder();
  const backend = await openQueueBackend({ ...where, onError: console.error });
  return {
    backend,
    folder,
    close: async () => {
      await backend.close();
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The embedded queue of a suite, empty at its start. */
export async function openEmbedded(): Promise<Embedded> {
  const folder = await mkdtemp(join(tmpdir(), 'okulo-jobs-'));
  const backend = await openQueueBackend({ url: undefined, dataDir: folder, onError: console.error });
  return {
    backend,
    folder,
    close: async () => {
      await backend.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
