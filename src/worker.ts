import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from './config.js';
import { prepareModels, type Foundation } from './foundation.js';
import { startRunner } from './inference/runner.js';
import { THREAD_FILE } from './inference/thread-file.js';
import { Consumer } from './jobs/consumer.js';
import { OpenedImages } from './jobs/opened-images.js';
import { sweepScratch } from './jobs/scratch.js';

/** The part of a process that carries out jobs. */
export interface Worker {
  /** Gives the jobs in hand back to the queue and ends the threads. */
  stop(): Promise<void>;
}

/** Fast, local, and as large as a few pictures. */
const SCRATCH = join(tmpdir(), 'okulo-scratch');
/** Heavy work yields to everything else on the machine. */
const NICENESS = 10;

export async function startWorker(config: Config, foundation: Foundation): Promise<Worker> {
  const { catalog, backend, store, log } = foundation;
  const runner = startRunner({
    threadFile: THREAD_FILE,
    threads: config.superResolution.threads,
    intraOpThreads: config.inference.intraOpThreads,
    niceness: NICENESS,
    // Jobs wait in the queue, not here.
    mostWait: Number.POSITIVE_INFINITY,
    onError: (error) => log.error({ err: error }, 'inference thread ended'),
  });
  await prepareModels(foundation, config, { runner, tasks: ['SUPER_RESOLVE'], network: false });
  await sweepScratch(SCRATCH);
  const consumer = await Consumer.start(backend, {
    runner,
    store,
    images: new OpenedImages(runner, store),
    scratchDir: SCRATCH,
    onTile: (jobId, tile) => log.debug({ jobId, tile }, 'tile done'),
    model: (id) => catalog.resolve('SUPER_RESOLVE', id),
    onFailed: (jobId, error) => log.warn({ err: error, jobId }, 'job attempt failed'),
  });
  return {
    stop: async () => {
      await consumer.stop();
      await runner.stop();
    },
  };
}
