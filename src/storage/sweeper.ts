import type { ObjectStore } from './object-store.js';

interface SweeperOptions {
  /** Age in milliseconds, counted from the last write, at which an object is removed. */
  readonly ttlMs: number;
  /** Milliseconds between sweeps; the first one comes after this time too. */
  readonly everyMs: number;
  /** Called with what made a timed sweep fail; the next one is tried all the same. */
  readonly onError: (error: unknown) => void;
  /** Called after each timed sweep with the number of removed objects. */
  readonly onSwept?: (removed: number) => void;
}

export interface Sweeper {
  /** Sweeps at once, or joins the sweep that is running. Returns the number of removed objects. */
  sweepNow(): Promise<number>;
  /** Ends the timer and waits for a running sweep. */
  stop(): Promise<void>;
}

// A longer one would overflow, and Node would run it every millisecond.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Removes expired objects from time to time. The timer does not keep the process alive. */
export function startSweeper(store: Pick<ObjectStore, 'expire'>, options: SweeperOptions): Sweeper {
  let running: Promise<number> | undefined;

  const sweepNow = (): Promise<number> => {
    running ??= store.expire(new Date(Date.now() - options.ttlMs)).finally(() => {
      running = undefined;
    });
    return running;
  };

  const timer = setInterval(
    () => {
      sweepNow().then(options.onSwept).catch(options.onError);
    },
    Math.min(options.everyMs, LONGEST_TIMER_MS),
  );
  timer.unref();

  return {
    sweepNow,
    async stop() {
      clearInterval(timer);
      // Whoever asked for the running sweep hears of its failure; here only its end matters.
      await Promise.allSettled([running]);
    },
  };
}
