import { deferred, type Deferred } from '../deferred.js';

/** Tasks that tell when they start and end when they are told to. */
export class Tasks {
  readonly started: string[] = [];
  readonly #running = new Map<string, Deferred<string>>();

  task(name: string): () => Promise<string> {
    return () => {
      this.started.push(name);
      const running = deferred<string>();
      this.#running.set(name, running);
      return running.promise;
    };
  }

  finish(name: string): void {
    this.#running.get(name)?.resolve(name);
  }

  fail(name: string): void {
    this.#running.get(name)?.reject(new Error(`${name} failed`));
  }
}

/** One task at a time, and room for all. */
export const ROOMY = { slots: 1, maxWait: 1_000_000 };

/** Lets everything happen that is ready to. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
