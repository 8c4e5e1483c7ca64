import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openQueueBackend, type QueueBackend } from '../../src/jobs/backend.js';

export interface Embedded {
  readonly backend: QueueBackend;
  /** A folder for whatever else a suite keeps; it goes with the queue. */
  readonly folder: string;
  readonly close: () => Promise<void>;
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
