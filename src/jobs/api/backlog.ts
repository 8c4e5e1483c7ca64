import type { Job, JobType } from 'bullmq';
import { CodedError } from '../../errors.js';
import type { JobQueue } from '../../queue/backend.js';
import {
  payloadSchema,
  progressSchema,
  type ChunkPayload,
  type JobPayload,
  type JobProgress,
} from '../shared/contract.js';
import type { Queues } from '../shared/queues.js';

/** How old the figures may be: reading them costs as much as a hundred jobs. */
const FRESH_MS = 1000;
/** However little work they are, jobs are read one by one to count it. */
const MAX_JOBS = 1000;
const MAX_CHUNKS = 5000;
const LONGEST_RETRY_MS = 60_000;
const WAITING = ['waiting', 'prioritized', 'delayed'] as const;
const RUNNING = ['active', 'waiting-children'] as const;

/** A job that waits or runs. Work is estimated milliseconds on one thread. */
export interface PendingJob {
  readonly id: string;
  readonly work: number;
  readonly payload: JobPayload;
  readonly progress: JobProgress;
  /** When it was queued, as Unix time in milliseconds. */
  readonly timestamp: number;
}

/** What is on the queues, as it was a moment ago. */
export interface Pending {
  readonly readAt: number;
  /** The next one first. */
  readonly jobs: readonly PendingJob[];
  readonly running: readonly PendingJob[];
  /** The work in the chunks of large pictures that nobody has begun, by the picture's job. */
  readonly chunks: ReadonlyMap<string, number>;
  /** How many workers there are; a store that cannot tell is taken to have one. */
  readonly workers: number;
}

/** The work that waits on the queues, and the bound on it. */
export class Backlog {
  #pending: Pending = {
    readAt: Number.NEGATIVE_INFINITY,
    jobs: [],
    running: [],
    chunks: new Map(),
    workers: 1,
  };

  #reading: Promise<Pending> | undefined;

  /** @param mostWork estimated milliseconds on one thread */
  constructor(
    readonly queues: Queues,
    readonly maxWork: number,
  ) {}

  /**
   * Lets a job in, if there is room. Whatever its size, it is let in when nothing waits.
   * @throws CodedError OVERLOADED with `retryAfterMs`
   */
  async admit(id: string, payload: JobPayload): Promise<void> {
    const { work } = payload;
    const { jobs, chunks, workers } = await this.pending();
    const waiting = sum(jobs.map((job) => job.work)) + sum([...chunks.values()]);
    const excess = waiting + work - this.maxWork;
    if (jobs.length >= MAX_JOBS || (waiting > 0 && excess > 0)) {
      const retryAfterMs = Math.round(Math.min(Math.max(excess / workers, FRESH_MS), LONGEST_RETRY_MS));
      throw new CodedError(
        'OVERLOADED',
        `${jobs.length} super resolution jobs are waiting, about ${seconds(waiting)} seconds of work; ` +
          `at most ${MAX_JOBS} jobs and ${seconds(this.maxWork)} seconds are allowed. Try again later.`,
        { facts: { retryAfterMs } },
      );
    }
    const progress = { tilesDone: 0, tilesTotal: 0 };
    this.#pending = {
      ...this.#pending,
      jobs: [...jobs, { id, work, payload, progress, timestamp: Date.now() }],
    };
  }

  /** What waits and what runs, at most a second old. All who ask while it is read wait for the same reading. */
  async pending(): Promise<Pending> {
    if (Date.now() - this.#pending.readAt <= FRESH_MS) return this.#pending;
    this.#reading ??= this.#read()
      .then((read) => (this.#pending = read))
      .finally(() => (this.#reading = undefined));
    await this.#reading;
    return this.#pending;
  }

  /** A large picture is counted whole until it is divided, and then as the chunks that nobody has begun. */
  async #read(): Promise<Pending> {
    const { jobs: queue, chunks: parts } = this.queues;
    const [ofJobs, ofChunks, workers] = await Promise.all([
      queue.getJobCounts(...WAITING, ...RUNNING),
      parts.getJobCounts(...WAITING),
      // Managed servers may forbid to look.
      queue.getWorkersCount().catch(() => 1),
    ]);
    const [jobs, running, chunks] = await Promise.all([
      jobsIn(queue, filled(WAITING, ofJobs), MAX_JOBS, true),
      jobsIn(queue, filled(RUNNING, ofJobs), MAX_JOBS, false),
      jobsIn(parts, filled(WAITING, ofChunks), MAX_CHUNKS, false),
    ]);
    return {
      readAt: Date.now(),
      jobs: present(jobs).flatMap(pendingJob),
      running: present(running).flatMap(pendingJob),
      chunks: workByJob(present(chunks).map(({ data }) => data)),
      workers: Math.max(1, workers),
    };
  }
}

/** Those of some states that there are jobs in: most of the time there are none at all, and nothing is to be read. */
function filled<State extends string>(
  states: readonly State[],
  counts: Readonly<Record<string, number>>,
): State[] {
  return states.filter((state) => (counts[state] ?? 0) > 0);
}

async function jobsIn<Data>(
  queue: JobQueue<Data>,
  states: readonly JobType[],
  max: number,
  isAscending: boolean,
): Promise<(Job<Data> | undefined)[]> {
  if (states.length === 0) return [];
  return queue.getJobs([...states], 0, max - 1, isAscending);
}

/** One that has moved on since its id was read is not there. */
function present<T>(jobs: readonly (T | undefined)[]): T[] {
  return jobs.filter((job) => job !== undefined);
}

/** One that is canceled is no work any more, wherever the queue keeps it. */
function pendingJob({ id = '', data, progress, timestamp }: Job): PendingJob[] {
  const payload = payloadSchema.safeParse(data);
  if (!payload.success || payload.data.canceledAt !== undefined) return [];
  const told = progressSchema.safeParse(progress).data ?? { tilesDone: 0, tilesTotal: 0 };
  return [{ id, work: payload.data.work, payload: payload.data, progress: told, timestamp }];
}

function workByJob(chunks: readonly ChunkPayload[]): Map<string, number> {
  const works = new Map<string, number>();
  for (const { job, work } of chunks) works.set(job, (works.get(job) ?? 0) + work);
  return works;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 1000);
}
