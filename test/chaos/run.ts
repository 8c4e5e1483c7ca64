import { setMaxListeners } from 'node:events';
import type { GraphqlClient } from '../kit/graphql-client.js';
import { KeptCourse, type RunProgress } from './run-progress.js';
import type { ProcessPool, ProcessRun } from './process-pool.js';
import type { Order } from './job-mix.js';
import { pause } from './patience.js';
import { digestOf, PatientClient, type JobAnswer } from './patient-client.js';
import { watchJob, type Watch } from './watch.js';

/** A subscriber is told of a job's end within this time after it, or is left hanging. */
const NEWS_LIMIT_MS = 30_000;
const LOOK_EVERY_MS = 3000;
/** For looking at what has become of jobs, after the time for doing them. */
const AFTERMATH_MS = 60_000;

export interface JobRecord {
  readonly id: string;
  readonly watch: Watch;
  /** As asked for when the subscriber saw the end, and again after all other jobs. */
  readonly atEnd: JobAnswer;
  readonly later: JobAnswer;
  /** SHA-256 of the output; null where there is none. */
  readonly output: string | null;
}

/** What happened while jobs were done, as clients saw it and from the processes' logs. */
export interface RunRecord {
  readonly jobs: readonly JobRecord[];
  readonly processRuns: readonly ProcessRun[];
  /** When the server that keeps the queue was restarted, in milliseconds since 1970. */
  readonly outages: readonly number[];
  readonly startedAt: number;
  readonly seconds: number;
}

/** Does harm while jobs are done. @returns when it restarted the server that keeps the queue */
export type Disturbance = (progress: RunProgress) => Promise<readonly number[]>;

export interface RunOptions {
  readonly pool: ProcessPool;
  readonly client: GraphqlClient;
  readonly orders: readonly Order[];
  readonly disturb: Disturbance;
  /** The most time that the jobs may take: whoever has not ended by then is lost. */
  readonly limitMs: number;
}

/** Submits jobs, follows all to their end while they are disturbed, and looks at what has become of them. */
export async function carryOut({ pool, client, orders, disturb, limitMs }: RunOptions): Promise<RunRecord> {
  const limit = AbortSignal.timeout(limitMs);
  const aftermath = AbortSignal.timeout(limitMs + AFTERMATH_MS);
  const hanging = new AbortController();
  const giveUp = AbortSignal.any([limit, hanging.signal]);
  // Each job's client and subscriber listen to them.
  setMaxListeners(0, limit, aftermath, giveUp);
  const progress = new KeptCourse(orders.length);
  const asking = new PatientClient(client, aftermath);
  const startedAt = Date.now();
  const start = performance.now();

  const aside = Promise.all([disturb(progress), abortWhenLeftHanging(asking, progress, hanging)]);
  const followed = await Promise.all(
    orders.map(async (order) => {
      const id = await new PatientClient(client, limit).submit(order);
      const watch = await watchJob(client, id, giveUp);
      progress.oneMoreEnded();
      return { id, watch, atEnd: await asking.job(id) };
    }),
  ).finally(async () => {
    progress.finish();
    // Nobody is killed any more when this is over, however it ends.
    await Promise.allSettled([aside]);
  });
  const seconds = (performance.now() - start) / 1000;
  const [outages] = await aside;

  const jobs = await Promise.all(
    followed.map(async (job): Promise<JobRecord> => {
      const later = await asking.job(job.id);
      return { ...job, later, output: later?.result ? await digestOf(later.result.url) : null };
    }),
  );
  return { jobs, processRuns: pool.processRuns(), outages, startedAt, seconds };
}

/** Subscribers who wait for a long time although all jobs have ended will wait for ever. */
async function abortWhenLeftHanging(
  asking: PatientClient,
  { total, over }: RunProgress,
  hanging: AbortController,
): Promise<void> {
  for (;;) {
    await pause(over, LOOK_EVERY_MS);
    if (over.aborted) return;
    if ((await asking.ended()) < total) continue;
    await pause(over, NEWS_LIMIT_MS);
    hanging.abort();
    return;
  }
}
