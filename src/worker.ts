import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from './config.js';
import { prepareModels, type SharedResources } from './shared-resources.js';
import { modelBuilder } from './inference/model-builder.js';
import { startRunner } from './inference/runner.js';
import { THREAD_FILE } from './inference/thread-file.js';
import { Consumer } from './jobs/worker/consumer.js';
import { DecodedImageCache } from './jobs/worker/decoded-image-cache.js';
import { sweepScratch } from './jobs/worker/scratch.js';
import { JOB_TASKS } from './tasks/tasks.js';

/** The part of a process that carries out jobs. */
export interface Worker {
  /** Gives the jobs in hand back to the queue and ends the threads. */
  stop(): Promise<void>;
}

/** Fast, local, and as large as a few pictures. */
const SCRATCH = join(tmpdir(), `okulo-scratch-${process.getuid?.() ?? 0}`);
/** Heavy work yields to everything else on the machine. */
const NICENESS = 10;

export async function startWorker(config: Config, resources: SharedResources): Promise<Worker> {
  const { catalog, backend, store, log, metrics } = resources;
  const runner = startRunner({
    threadFile: THREAD_FILE,
    threads: config.superResolution.threads,
    intraOpThreads: config.inference.intraOpThreads,
    niceness: NICENESS,
    // Jobs wait in the queue, not here.
    maxWait: Number.POSITIVE_INFINITY,
    onError: (error) => log.error({ err: error }, 'inference thread ended'),
    onAnswered: (answered) => metrics.answered('jobs', answered),
  });
  metrics.watchBacklog('jobs', () => runner.backlog);
  await prepareModels(resources, config, { runner, tasks: JOB_TASKS, network: false });
  await sweepScratch(SCRATCH);
  const consumer = await Consumer.start(backend, {
    runner,
    store,
    images: new DecodedImageCache(runner, store),
    scratchDir: SCRATCH,
    onTile: (jobId, tile) => log.debug({ jobId, tile }, 'tile done'),
    model: async (id) => {
      // An API process, or an operator, may have brought it since this process began; or it is to be fetched.
      if (catalog.find(id)?.availability.status !== 'READY')
        await catalog.prepare(config.models, modelBuilder(runner), [id]);
      return catalog.resolve('SUPER_RESOLVE', id);
    },
    onFailed: (jobId, error) => log.warn({ err: error, jobId }, 'job attempt failed'),
    onCompleted: (jobId, ms) => log.info({ jobId, ms }, 'job completed'),
  });
  return {
    stop: async () => {
      await consumer.stop();
      await runner.stop();
    },
  };
}
