import type { JobUpdate } from '../../../client/follow-job.js';
import { Signal } from '../ui/signal.js';
import type { Problem } from './problem.js';

export type { JobUpdate };

/** What is known of a followed job. */
export interface FollowedJob {
  readonly update?: JobUpdate;
  readonly problem?: Problem;
}

/** Where a subscription's news go. */
export interface JobSink {
  next(update: JobUpdate): void;
  fail(problem: Problem): void;
  end(): void;
}

/** Subscribes to a job. @returns what ends the subscription */
export type SubscribeToJob = (id: string, sink: JobSink) => () => void;

interface Followed {
  state: FollowedJob;
  stop: (() => void) | undefined;
  readonly listeners: Set<(state: FollowedJob) => void>;
}

/** Follows jobs, each by one subscription however many parts of the page look at it. */
export class JobFollower {
  readonly #subscribe: SubscribeToJob;
  readonly #followed = new Map<string, Followed>();
  /** How many subscriptions are under way. */
  readonly underWay = new Signal(0);

  constructor(subscribe: SubscribeToJob) {
    this.#subscribe = subscribe;
  }

  /**
   * Tells the listener what is known, then whatever changes. A job whose subscription has ended is asked for
   * anew: it may have been put back into the queue.
   * @returns what ends the listening, and with the last listener the subscription
   */
  follow(id: string, listener: (state: FollowedJob) => void): () => void {
    const followed = this.#followed.get(id) ?? { state: {}, stop: undefined, listeners: new Set() };
    this.#followed.set(id, followed);
    followed.listeners.add(listener);
    if (followed.stop === undefined) this.#open(id, followed);
    else listener(followed.state);
    return () => {
      if (!followed.listeners.delete(listener) || followed.listeners.size > 0) return;
      this.#followed.delete(id);
      this.#close(followed);
    };
  }

  #open(id: string, followed: Followed): void {
    const tell = (state: FollowedJob): void => {
      followed.state = state;
      for (const listener of [...followed.listeners]) listener(state);
    };
    this.underWay.set(this.underWay.get() + 1);
    // It may end before it is known how to end it.
    const subscription: { end?: () => void } = {};
    followed.stop = () => {
      this.underWay.set(this.underWay.get() - 1);
      subscription.end?.();
    };
    subscription.end = this.#subscribe(id, {
      next: (update) => tell({ update }),
      fail: (problem) => tell({ ...followed.state, problem }),
      end: () => this.#close(followed),
    });
  }

  #close(followed: Followed): void {
    const { stop } = followed;
    followed.stop = undefined;
    stop?.();
  }
}
