/** Has work on one thing done one after the other, and work on different things side by side. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Begins when the work before it on the same thing has ended, well or not. */
  take<T>(thing: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(thing) ?? Promise.resolve();
    const done = before.then(work, work);
    this.#last.set(thing, done);
    const forget = (): void => {
      if (this.#last.get(thing) === done) this.#last.delete(thing);
    };
    done.then(forget, forget);
    return done;
  }
}
