import { CodedError } from '../errors.js';

/** A task's result, how long it waited for its turn, and how long it took then, in milliseconds. */
export interface Served<T> {
  readonly result: T;
  readonly waited: number;
  readonly took: number;
}

interface Waiting {
  readonly work: number;
  readonly start: () => void;
}

/**
 * A queue in front of a number of slots, bounded by the work that waits in it rather than by its length: a
 * hundred thumbnails are less than one large photo. Tasks start in the order in which they came.
 */
export class AdmissionQueue {
  readonly #waiting: Waiting[] = [];
  readonly #slots: number;
  readonly #maxWait: number;
  #running = 0;
  #work = 0;
  /** Real milliseconds for each estimated one, learned from what was run. */
  #pace = 1;

  /** @param options `slots`: tasks at a time; `mostWait`: milliseconds of waiting beyond which new work is refused */
  constructor(options: { slots: number; maxWait: number }) {
    this.#slots = options.slots;
    this.#maxWait = options.maxWait;
  }

  /** Milliseconds until all the work that is here now is done, as far as can be told. */
  get backlog(): number {
    return (this.#work * this.#pace) / this.#slots;
  }

  get running(): number {
    return this.#running;
  }

  get queued(): number {
    return this.#waiting.length;
  }

  /**
   * Runs a task when its turn comes.
   * @param work the task's estimated milliseconds
   * @param signal drops the task while it waits; one that has begun goes on to its end
   * @throws CodedError OVERLOADED when too much work waits already; the signal's reason when it was dropped
   */
  async run<T>(work: number, task: () => Promise<T>, signal?: AbortSignal): Promise<Served<T>> {
    signal?.throwIfAborted();
    this.#refuseWhenFull();
    this.#work += work;
    const came = performance.now();
    try {
      await this.#turn(work, signal);
      const began = performance.now();
      try {
        const result = await task();
        const took = performance.now() - began;
        this.#learn(work, took);
        return { result, waited: began - came, took };
      } finally {
        this.#running -= 1;
        this.#waiting.shift()?.start();
      }
    } finally {
      this.#work -= work;
    }
  }

  /** One task is always let in, however large: otherwise it would never be. */
  #refuseWhenFull(): void {
    const wait = this.backlog;
    if (this.#running < this.#slots || wait <= this.#maxWait) return;
    const retryAfterMs = Math.ceil(wait - this.#maxWait) + 100;
    throw new CodedError(
      'OVERLOADED',
      `The service has ${Math.ceil(wait)} ms of work before it, more than it takes on. Try again in ${retryAfterMs} ms.`,
      { facts: { retryAfterMs } },
    );
  }

  #turn(work: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.#running < this.#slots) {
      this.#running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        work,
        start: () => {
          signal?.removeEventListener('abort', drop);
          this.#running += 1;
          resolve();
        },
      };
      const drop = () => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', drop, { once: true });
      this.#waiting.push(entry);
    });
  }

  #learn(estimated: number, took: number): void {
    this.#pace += 0.1 * (Math.min(Math.max(took / Math.max(estimated, 1), 0.1), 20) - this.#pace);
  }
}
