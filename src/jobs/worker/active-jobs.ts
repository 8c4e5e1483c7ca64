/** Why a worker lets go of what it works on. */
export const HAND_BACK = Symbol('hand back');
export const CANCELED = Symbol('canceled');

/** What this process is working on, so that it can let go of it. */
export class ActiveJobs {
  readonly #running = new Map<string, Set<AbortController>>();
  #handingBack = false;

  /** How many pieces of work there are. */
  get size(): number {
    return [...this.#running.values()].reduce((sum, pieces) => sum + pieces.size, 0);
  }

  has(jobId: string): boolean {
    return this.#running.has(jobId);
  }

  /** Begins a piece of work on a job; `end` it in any case. */
  begin(jobId: string): { readonly signal: AbortSignal; end(): void } {
    const piece = new AbortController();
    // Fetched before the stop, and begun after it.
    if (this.#handingBack) piece.abort(HAND_BACK);
    const pieces = this.#running.get(jobId) ?? new Set();
    this.#running.set(jobId, pieces.add(piece));
    return {
      signal: piece.signal,
      end: () => {
        pieces.delete(piece);
        if (pieces.size === 0) this.#running.delete(jobId);
      },
    };
  }

  /** Lets go of all work on a job. */
  cancel(jobId: string): void {
    for (const piece of this.#running.get(jobId) ?? []) piece.abort(CANCELED);
  }

  /** Lets go of everything, now and from now on, so that it goes back to the queue. */
  handBack(): void {
    this.#handingBack = true;
    for (const pieces of this.#running.values()) for (const piece of pieces) piece.abort(HAND_BACK);
  }
}
