import { join } from 'node:path';
import type { Telemetry } from 'bullmq';
import { hasErrno } from '../platform/errno.js';
import { withoutRepeats } from '../platform/repeats.js';
import { serverAddress } from './address.js';
import type { QueueBackend } from './contract.js';
import { createQueueBackend } from './create-queue-backend.js';
import { openPglite } from './pglite.js';
import { openPostgres } from './postgres.js';
import { openRedis } from './redis.js';
import type { Store } from './store.js';
import { UnusableQueue } from './unusable-queue.js';

export type {
  JobEvents,
  JobEventsProducer,
  JobProcessor,
  JobQueue,
  JobWorker,
  JobWorkerOptions,
  QueueBackend,
  QueueKind,
} from './contract.js';
export type { Averages, JobIndex, Place } from './job-index.js';
export { troubleOf } from './trouble.js';
export { UnusableQueue } from './unusable-queue.js';

export interface QueueBackendOptions {
  /** `redis://`, `rediss://`, `postgres://` or `postgresql://`; undefined for the queue embedded in this process */
  url: string | undefined;
  /** The embedded queue keeps its files in the folder `queue` of this one. */
  dataDir: string;
  /** A file of `writeTemplate`, pglite-database.ts: the first start of an embedded queue then takes a third of the time. */
  template?: string | undefined;
  /**
   * Told of outages and of what BullMQ reports outside of calls. The same words come once per ten seconds, however
   * many connections say them.
   */
  onError: (error: unknown) => void;
  /** Carries traces from who queues a job to who processes it. */
  telemetry?: Telemetry | undefined;
}

/** @throws UnusableQueue within five seconds (see `lockFolder` for the one exception) when the queue cannot be used */
export async function openQueueBackend(options: QueueBackendOptions): Promise<QueueBackend> {
  const onError = withoutRepeats(options.onError);
  return createQueueBackend(await openStore({ ...options, onError }), onError, options.telemetry);
}

async function openStore({ url, dataDir, template, onError }: QueueBackendOptions): Promise<Store> {
  if (url === undefined) return openEmbedded(join(dataDir, 'queue'), template);
  const address = serverAddress(url);
  switch (address.kind) {
    case 'redis':
      return openRedis(address, onError);
    case 'postgres':
      return openPostgres(address, onError);
  }
}

/** Images for many processes have no PostgreSQL in WebAssembly. */
function openEmbedded(folder: string, template: string | undefined): Promise<Store> {
  return openPglite(folder, template).catch((cause: unknown) => {
    if (!hasErrno(cause, 'ERR_MODULE_NOT_FOUND')) throw cause;
    throw new UnusableQueue(
      {
        where: `in ${folder}`,
        expected: 'QUEUE_URL with the address of a Redis, Valkey or PostgreSQL server',
        came: 'it is not set, and this installation has no queue of its own',
        advice: 'set it, or use the image that has everything (laptop)',
      },
      cause,
    );
  });
}
