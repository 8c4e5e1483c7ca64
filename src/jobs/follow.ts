import { EventEmitter, once } from 'node:events';
import { CodedError } from '../errors.js';
import type { JobEvents } from './backend.js';
import { isTerminal, type JobState } from './job-state.js';

/** An outage can swallow an event; after so long a follower looks for itself. It also keeps `position` fresh. */
const LOOK_AGAIN_MS = 5000;

/** One stream of the queue's events, shared by all who follow a job in this process. */
export class JobNews {
  readonly #news = new EventEmitter().setMaxListeners(0);

  constructor(events: JobEvents) {
    const tell = ({ jobId }: { jobId: string }) => this.#news.emit(jobId);
    events.on('waiting', tell);
    events.on('delayed', tell);
    events.on('active', tell);
    events.on('progress', tell);
    events.on('completed', tell);
    events.on('failed', tell);
    events.on('stalled', tell);
    events.on('removed', tell);
  }

  /** Wakes the followers of a job, for changes that the queue has no event for. */
  tell(jobId: string): void {
    this.#news.emit(jobId);
  }

  /**
   * Sends a job as it is now, then every later state, and ends after the terminal one or when the job is gone.
   * Whoever reads slowly misses states in between, never the last.
   * @param look reads the present state
   */
  async *follow(
    jobId: string,
    look: () => Promise<JobState | null>,
    signal: AbortSignal,
  ): AsyncGenerator<JobState> {
    let seen = '';
    while (!signal.aborted) {
      // Listening starts before looking: what happens in between is not lost, it only makes one look too many.
      const done = new AbortController();
      const change = once(this.#news, jobId, {
        signal: AbortSignal.any([signal, done.signal, AbortSignal.timeout(LOOK_AGAIN_MS)]),
      });
      const woken = change.then(
        () => undefined,
        () => undefined,
      );
      try {
        const state = await unlessQueueIsAway(look);
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
}

/** A follower sits an outage out: the job goes on afterwards, and so does its news. */
async function unlessQueueIsAway(look: () => Promise<JobState | null>): Promise<JobState | null | 'away'> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof CodedError && error.code === 'QUEUE_UNAVAILABLE') return 'away';
    throw error;
  }
}
