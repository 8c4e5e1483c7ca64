import { EventEmitter, once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { CodedError } from '../../errors.js';
import type { JobEvents } from '../../queue/backend.js';
import { isTerminal, type JobState } from '../shared/job-state.js';

/** An outage can swallow an event; after so long a follower looks for itself. It also keeps `position` fresh. */
const LOOK_AGAIN_MS = 5000;

type Look = () => Promise<JobState | null>;

/** One stream of the queue's events, and one look at a job after each, shared by all who follow it in this process. */
export class JobEventHub {
  readonly #events = new EventEmitter().setMaxListeners(0);
  /** The looks that are about to start. */
  readonly #looks = new Map<string, Promise<JobState | null>>();

  /**
   * @param events of the queue, and of other queues whose events tell of its jobs
   * @param jobOf the job that an event's id belongs to
   */
  constructor(events: readonly JobEvents[], jobOf: (id: string) => string = (id) => id) {
    const tell = ({ jobId }: { jobId: string }) => this.#events.emit(jobOf(jobId));
    for (const stream of events) {
      stream.on('waiting', tell);
      stream.on('waiting-children', tell);
      stream.on('delayed', tell);
      stream.on('active', tell);
      stream.on('progress', tell);
      stream.on('completed', tell);
      stream.on('failed', tell);
      stream.on('stalled', tell);
      stream.on('removed', tell);
    }
  }

  /** Wakes the followers of a job, for changes that the queue has no event for. */
  tell(jobId: string): void {
    this.#events.emit(jobId);
  }

  /** Resolves at the next news of a job, or when the signal aborts. */
  change(jobId: string, signal: AbortSignal): Promise<void> {
    return once(this.#events, jobId, { signal }).then(
      () => undefined,
      () => undefined,
    );
  }

  /**
   * Sends a job as it is now, then every later state, and ends after the terminal one or when the job is gone.
   * Whoever reads slowly misses states in between, never the last.
   * @param look reads the present state: the same for all followers of a job
   */
  async *follow(jobId: string, look: Look, signal: AbortSignal): AsyncGenerator<JobState> {
    let seen = '';
    while (!signal.aborted) {
      // Listening starts before looking: what happens in between is not lost, it only makes one look too many.
      const done = new AbortController();
      const woken = this.change(
        jobId,
        AbortSignal.any([signal, done.signal, AbortSignal.timeout(LOOK_AGAIN_MS)]),
      );
      try {
        const state = await unlessUnavailable(() => this.#shared(jobId, look));
        if (state === null) return;
        const now = JSON.stringify(state);
        if (state !== 'away' && now !== seen) {
          seen = now;
          yield state;
        }
        if (state !== 'away' && isTerminal(state.status)) return;
        await woken;
      } finally {
        done.abort();
      }
    }
  }

  /** Whoever wants to look before the look has started shares it: an event wakes all followers at once. */
  #shared(jobId: string, look: Look): Promise<JobState | null> {
    const joined = this.#looks.get(jobId);
    if (joined) return joined;
    const started = setImmediate().then(() => {
      this.#looks.delete(jobId);
      return look();
    });
    this.#looks.set(jobId, started);
    return started;
  }
}

/** A follower sits an outage out: the job goes on afterwards, and so does its news. */
async function unlessUnavailable(look: Look): Promise<JobState | null | 'away'> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof CodedError && error.code === 'QUEUE_UNAVAILABLE') return 'away';
    throw error;
  }
}
