/** How far a run is, for what is to happen in the middle of it. */
export interface RunProgress {
  readonly total: number;
  /** Resolves when so many jobs have ended, or the run is over. */
  whenEnded(count: number): Promise<void>;
  /** Aborts when all jobs have ended, or there is no more time for them. */
  readonly over: AbortSignal;
}

/** A course as whoever runs it keeps it. */
export class KeptCourse implements RunProgress {
  readonly total: number;
  readonly #over = new AbortController();
  readonly #waiting = new Set<{ readonly count: number; readonly resolve: () => void }>();
  #ended = 0;

  constructor(total: number) {
    this.total = total;
  }

  get over(): AbortSignal {
    return this.#over.signal;
  }

  whenEnded(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add({ count, resolve });
      this.#tell();
    });
  }

  oneMoreEnded(): void {
    this.#ended += 1;
    this.#tell();
  }

  finish(): void {
    this.#over.abort();
    this.#tell();
  }

  #tell(): void {
    for (const waiter of this.#waiting) {
      if (this.#ended < waiter.count && !this.over.aborted) continue;
      this.#waiting.delete(waiter);
      waiter.resolve();
    }
  }
}
