import { CodedError } from '../errors.js';
import type { Queues } from './divide.js';

/** How old the figure may be by which requests are refused: reading it costs as much as a hundred jobs. */
const FRESH_MS = 1000;
/** However little work they are, jobs are read one by one to count it. */
const MOST_JOBS = 1000;
const MOST_CHUNKS = 5000;
const LONGEST_RETRY_MS = 60_000;

interface Waiting {
  readonly jobs: number;
  /** Estimated milliseconds on one thread. */
  readonly work: number;
}

/** The work that waits on the queues, and the bound on it. */
export class Backlog {
  #waiting: Waiting = { jobs: 0, work: 0 };
  #readAt = Number.NEGATIVE_INFINITY;

  /** @param mostWork estimated milliseconds on one thread */
  constructor(
    readonly queues: Queues,
    readonly mostWork: number,
  ) {}

  /**
   * Lets a job in, if there is room. Whatever it is, it is let in when nothing waits.
   * @throws CodedError OVERLOADED with `retryAfterMs`
   */
  async admit(work: number): Promise<void> {
    if (Date.now() - this.#readAt > FRESH_MS) {
      this.#waiting = await this.#read();
      this.#readAt = Date.now();
    }
    const { jobs, work: waiting } = this.#waiting;
    const excess = waiting + work - this.mostWork;
    if (jobs >= MOST_JOBS || (waiting > 0 && excess > 0)) {
      const retryAfterMs = Math.round(Math.min(Math.max(excess, FRESH_MS), LONGEST_RETRY_MS));
      throw new CodedError(
        'OVERLOADED',
        `${jobs} super resolution jobs wait already, about ${Math.round(waiting / 1000)} seconds of work, and at most ${Math.round(this.mostWork / 1000)} seconds or ${MOST_JOBS} jobs may. Try again later.`,
        { facts: { retryAfterMs } },
      );
    }
    this.#waiting = { jobs: jobs + 1, work: waiting + work };
  }

  /** A large picture is counted whole until it is divided, and then as the chunks that nobody has begun. */
  async #read(): Promise<Waiting> {
    const states = ['waiting', 'prioritized', 'delayed'] as const;
    const [jobs, chunks] = await Promise.all([
      this.queues.jobs.getJobs([...states], 0, MOST_JOBS - 1),
      this.queues.chunks.getJobs([...states], 0, MOST_CHUNKS - 1),
    ]);
    // One that has moved on since its id was read is not there.
    const found: readonly ({ data: { work: number } } | undefined)[] = [...jobs, ...chunks];
    const work = found.reduce((sum, job) => sum + (job?.data.work ?? 0), 0);
    return { jobs: jobs.length, work };
  }
}
