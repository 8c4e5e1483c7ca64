import type { Reader, Reading } from './metrics.js';

/** The pools of inference threads that a process may have. */
export type PoolName = 'answers' | 'jobs';

interface Pool {
  readonly threads: number;
  readonly busyThreads: number;
  /** Milliseconds. */
  readonly backlog: number;
}

export function poolReader(name: PoolName, pool: Pool): Reader {
  const labels = { pool: name };
  return () => [
    { metric: 'okulo_pool_threads', labels, value: pool.threads },
    { metric: 'okulo_pool_busy_threads', labels, value: pool.busyThreads },
    { metric: 'okulo_inference_backlog_seconds', labels, value: pool.backlog / 1000 },
  ];
}

interface QueueLoad {
  readonly waiting: number;
  readonly delayed: number;
  readonly active: number;
  readonly oldestAgeSeconds: number;
  readonly backlogSeconds: number;
  readonly workers: number;
}

/** @param load asks the queue; where it rejects, nothing is told of the queue */
export function queueReader(load: () => Promise<QueueLoad>): Reader {
  return async () => {
    const { oldestAgeSeconds, backlogSeconds, workers, ...states } = await load();
    const jobs = (['waiting', 'delayed', 'active'] as const).map((state): Reading => ({
      metric: 'okulo_queue_jobs',
      labels: { state },
      value: states[state],
    }));
    const perWorker = backlogSeconds / Math.max(1, workers);
    return [
      ...jobs,
      { metric: 'okulo_queue_oldest_job_age_seconds', labels: {}, value: oldestAgeSeconds },
      { metric: 'okulo_queue_backlog_seconds', labels: {}, value: backlogSeconds },
      { metric: 'okulo_queue_workers', labels: {}, value: workers },
      { metric: 'okulo_queue_backlog_seconds_per_worker', labels: {}, value: perWorker },
    ];
  };
}

interface WorkingConsumer {
  readonly running: number;
  readonly isTaking: boolean;
}

/** Seconds after which a heartbeat is told no more: CloudWatch can see that nothing comes, and not how old it is. */
const HEARTBEAT_KEPT = 120;

/** @param checkQueue rejects where the queue does not answer: the heartbeat stays what it was, and then is told no more */
export function workerReader(consumer: WorkingConsumer, checkQueue: () => Promise<void>): Reader {
  let heartbeat: number | undefined;
  return async () => {
    const answers = await checkQueue().then(
      () => true,
      () => false,
    );
    const now = Date.now() / 1000;
    if (answers && consumer.isTaking) heartbeat = now;
    else if (heartbeat !== undefined && now - heartbeat > HEARTBEAT_KEPT) heartbeat = undefined;
    const active: Reading = { metric: 'okulo_worker_active_jobs', labels: {}, value: consumer.running };
    if (heartbeat === undefined) return [active];
    return [active, { metric: 'okulo_worker_heartbeat_timestamp_seconds', labels: {}, value: heartbeat }];
  };
}

/** @param limit bytes that the process may use */
export function memoryReader(limit: number): Reader {
  return () => [{ metric: 'okulo_memory_limit_bytes', labels: {}, value: limit }];
}
