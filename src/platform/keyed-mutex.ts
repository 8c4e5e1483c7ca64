import { Mutex } from 'async-mutex';

/** Has work on one thing done one after the other, as it comes, and work on different things side by side. */
export class KeyedMutex {
  /** Of what is being worked on, and nothing else. */
  readonly #mutexes = new Map<string, Mutex>();

  /** Begins when the work before it on the same thing has ended, well or not. */
  async runExclusive<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mutex = this.#mutexes.get(key) ?? new Mutex();
    this.#mutexes.set(key, mutex);
    try {
      return await mutex.runExclusive(work);
    } finally {
      // Work that came meanwhile holds it already, or has another one.
      if (!mutex.isLocked() && this.#mutexes.get(key) === mutex) this.#mutexes.delete(key);
    }
  }
}
