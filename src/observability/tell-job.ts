import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';

/** How a job has ended; times in milliseconds since it was queued. */
interface EndedJob {
  readonly state: 'completed' | 'failed' | 'canceled';
  readonly code?: string;
  readonly waited: number;
  readonly took: number;
}

interface JobListeners {
  readonly onEnded: (jobId: string, ended: EndedJob) => void;
  readonly onRetry: () => void;
  readonly onStalled: () => void;
}

/** Logs and counts what becomes of jobs. */
export function tellJobs(
  log: Pick<Logger, 'info'>,
  metrics: Pick<Metrics, 'count' | 'observe'>,
): JobListeners {
  // Shown from the beginning: what has not happened yet is 0, and not unknown.
  for (const state of ['completed', 'failed', 'canceled'] as const)
    metrics.count('okulo_jobs_ended_total', { state, code: '' }, 0);
  metrics.count('okulo_job_retries_total', {}, 0);
  metrics.count('okulo_jobs_stalled_total', {}, 0);
  return {
    onEnded: (jobId, { state, code, waited, took }) => {
      log.info({ jobId, code, ms: took }, `job ${state}`);
      metrics.count('okulo_jobs_ended_total', { state, code: code ?? '' });
      if (state !== 'completed') return;
      metrics.observe('okulo_job_wait_seconds', {}, waited / 1000);
      metrics.observe('okulo_job_duration_seconds', {}, took / 1000);
    },
    onRetry: () => metrics.count('okulo_job_retries_total', {}),
    onStalled: () => metrics.count('okulo_jobs_stalled_total', {}),
  };
}
