import { CodedError } from '../errors.js';
import type { Queues } from './divide.js';

/** How old the figures may be: reading them costs as much as a hundred jobs. */
const FRESH_MS = 1000;
/** However little work they are, jobs are read one by one to count it. */
const MOST_JOBS = 1000;
const MOST_CHUNKS = 5000;
const LONGEST_RETRY_MS = 60_000;

interface Waiting {
  readonly readAt: number;
  /** The next one first; work is estimated milliseconds on one thread. */
  readonly jobs: readonly { readonly id: string; readonly work: number }[];
  /** The chunks of large pictures that nobody has begun, together. */
  readonly chunkWork: number;
  /** How many workers there are; a store that cannot tell is taken to have one. */
  readonly workers: number;
}

/** The work that waits on the queues, and the bound on it. */
export class Backlog {
  #waiting: Waiting = { readAt: Number.NEGATIVE_INFINITY, jobs: [], chunkWork: 0, workers: 1 };

  /** @param mostWork estimated milliseconds on one thread */
  constructor(
    readonly queues: Queues,
    readonly mostWork: number,
  ) {}

  /**
   * Lets a job in, if there is room. Whatever its size, it is let in when nothing waits.
   * @throws CodedError OVERLOADED with `retryAfterMs`
   */
  async admit(id: string, work: number): Promise<void> {
    const { jobs, chunkWork, workers } = await this.#fresh();
    const waiting = sum(jobs) + chunkWork;
    const excess = waiting + work - this.mostWork;
    if (jobs.length >= MOST_JOBS || (waiting > 0 && excess > 0)) {
      const retryAfterMs = Math.round(Math.min(Math.max(excess / workers, FRESH_MS), LONGEST_RETRY_MS));
      throw new CodedError(
        'OVERLOADED',
        `${jobs.length} super resolution jobs are waiting, about ${seconds(waiting)} seconds of work; ` +
          `at most ${MOST_JOBS} jobs and ${seconds(this.mostWork)} seconds are allowed. Try again later.`,
        { facts: { retryAfterMs } },
      );
    }
    this.#waiting = { ...this.#waiting, jobs: [...jobs, { id, work }] };
  }

  /** The work that comes before a waiting job, for each of the workers: estimated milliseconds on one thread. */
  async ahead(id: string): Promise<number> {
    const { jobs, chunkWork, workers } = await this.#fresh();
    const place = jobs.findIndex((job) => job.id === id);
    return (sum(jobs.slice(0, Math.max(place, 0))) + chunkWork) / workers;
  }

  async #fresh(): Promise<Waiting> {
    if (Date.now() - this.#waiting.readAt > FRESH_MS) this.#waiting = await this.#read();
    return this.#waiting;
  }

  /** A large picture is counted whole until it is divided, and then as the chunks that nobody has begun. */
  async #read(): Promise<Waiting> {
    const states = ['waiting', 'prioritized', 'delayed'] as const;
    const [jobs, chunks, workers] = await Promise.all([
      this.queues.jobs.getJobs([...states], 0, MOST_JOBS - 1, true),
      this.queues.chunks.getJobs([...states], 0, MOST_CHUNKS - 1),
      // Managed servers may forbid to look.
      this.queues.jobs.getWorkersCount().catch(() => 1),
    ]);
    return {
      readAt: Date.now(),
      jobs: present(jobs)
        .filter(({ data }) => data.canceledAt === undefined)
        .map(({ id = '', data }) => ({ id, work: data.work })),
      chunkWork: sum(present(chunks).map(({ data }) => data)),
      workers: Math.max(1, workers),
    };
  }
}

/** One that has moved on since its id was read is not there. */
function present<T>(jobs: readonly (T | undefined)[]): T[] {
  return jobs.filter((job) => job !== undefined);
}

function sum(jobs: readonly { readonly work: number }[]): number {
  return jobs.reduce((total, { work }) => total + work, 0);
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 1000);
}
