import { join } from 'node:path';
import type { Runner } from '../inference/runner.js';
import { openQueueBackend } from '../queue/backend.js';
import { Consumer } from '../jobs/worker/consumer.js';
import { DecodedImageCache } from '../jobs/worker/decoded-image-cache.js';
import { SuperResolutionJobs, type SuperResolutionJobsOptions } from '../jobs/api/super-resolution-jobs.js';
import type { Catalog } from '../registry/catalog.js';

/** A queue, and what carries out its jobs, on the threads that answer as well. */
export interface LocalJobs {
  readonly jobs: SuperResolutionJobs;
  stop(): Promise<void>;
}

interface LocalJobsOptions extends SuperResolutionJobsOptions {
  readonly dataDir: string;
  readonly template: string;
  readonly runner: Runner;
  readonly catalog: Catalog;
  readonly report: (error: unknown) => void;
}

/** @throws UnusableQueue */
export async function startJobs({
  dataDir,
  template,
  runner,
  catalog,
  report,
  ...options
}: LocalJobsOptions): Promise<LocalJobs> {
  const { store } = options;
  const backend = await openQueueBackend({ url: undefined, dataDir, template, onError: report });
  const jobs = await SuperResolutionJobs.open(backend, options);
  const consumer = await Consumer.start(backend, {
    runner,
    store,
    images: new DecodedImageCache(runner, store),
    scratchDir: join(dataDir, 'scratch'),
    model: (id) => Promise.resolve(catalog.resolve('SUPER_RESOLVE', id)),
    onFailed: (_jobId, error) => report(error),
  });
  return {
    jobs,
    stop: async () => {
      await consumer.stop();
      await jobs.close();
      await backend.close();
    },
  };
}
