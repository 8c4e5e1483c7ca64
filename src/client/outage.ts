/** How long a server that is gone is waited for, and how often it is tried. */
export interface Patience {
  /** From the first failure on. */
  readonly forMs: number;
  /** Pauses double from half a second up to this. */
  readonly longestPauseMs: number;
}

/**
 * The time in which a server does not answer. All requests to it share one outage: those that come late do not
 * wait all over again.
 */
export class Outage {
  readonly #patience: Patience;
  #since: number | undefined;

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  /** Something came from the server: the outage, if there was one, is over. */
  answered(): void {
    this.#since = undefined;
  }

  /** An attempt has failed. @returns whether there is to be another one */
  failed(): boolean {
    this.#since ??= performance.now();
    return this.#remainingMs() > 0;
  }

  /** Waits before another attempt, not beyond the end of the patience. @param attempts how many have failed in a row */
  pause(attempts: number, signal?: AbortSignal | null): Promise<void> {
    const { longestPauseMs } = this.#patience;
    const longest = Math.min(FIRST_PAUSE_MS * 2 ** attempts, longestPauseMs, this.#remainingMs());
    // Clients that were lost together do not come back together.
    return pause(longest * (0.5 + Math.random() / 2), signal);
  }

  #remainingMs(): number {
    const passed = this.#since === undefined ? 0 : performance.now() - this.#since;
    return Math.max(0, this.#patience.forMs - passed);
  }
}

const FIRST_PAUSE_MS = 500;

/** Resolves after a time, or as soon as the signal aborts. */
export function pause(ms: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
