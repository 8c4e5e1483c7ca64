import { setTimeout as delay } from 'node:timers/promises';

interface RecentCheckOptions {
  /** How old a good answer may be, in milliseconds. */
  readonly goodForMs: number;
  /** The same of a bad one. */
  readonly badForMs: number;
  /** How long one check may take; no answer is a bad one. */
  readonly limitMs: number;
  /** What is said then. */
  readonly timeoutError: () => Error;
  /** Told when a check fails that did not before, and, with undefined, when it works again. */
  readonly onTurn: (failure: unknown) => void;
}

/**
 * A check that can be asked for as often as anybody likes: it is made once at a time, and its answer is given out
 * until it is too old. One that hangs is waited for by nobody, and not begun a second time.
 */
export function recentCheck(check: () => Promise<void>, options: RecentCheckOptions): () => Promise<void> {
  const { goodForMs, badForMs, limitMs, timeoutError, onTurn } = options;
  let running: Promise<void> | undefined;
  let known: { readonly answer: Promise<void>; readonly until: number } | undefined;
  let failing = false;

  const turn = (failure?: unknown): void => {
    const fails = failure !== undefined;
    if (fails !== failing) onTurn(failure);
    failing = fails;
  };
  const begin = (): Promise<void> => {
    const answer = check();
    const remember = (forMs: number): void => {
      known = { answer, until: performance.now() + forMs };
      running = undefined;
    };
    answer.then(
      () => {
        remember(goodForMs);
        turn();
      },
      (error: unknown) => {
        remember(badForMs);
        turn(error ?? new Error('no reason'));
      },
    );
    return answer;
  };

  return async () => {
    if (known && performance.now() < known.until) return known.answer;
    running ??= begin();
    const timer = new AbortController();
    const tooLate = delay(limitMs, undefined, { signal: timer.signal }).then(() => {
      const error = timeoutError();
      turn(error);
      throw error;
    });
    tooLate.catch(() => undefined);
    try {
      await Promise.race([running, tooLate]);
    } finally {
      timer.abort();
    }
  };
}
