import { reasonOf } from './unusable-queue.js';

const QUIET_MS = 10_000;

/**
 * Every queue, worker and connection reports the same outage, at each attempt to reconnect. This lets one
 * report of the same words through per ten seconds.
 */
export function withoutRepeats(onError: (error: unknown) => void): (error: unknown) => void {
  const lastReport = new Map<string, number>();
  return (error) => {
    const now = performance.now();
    for (const [words, at] of lastReport) {
      if (now - at >= QUIET_MS) lastReport.delete(words);
    }
    const words = reasonOf(error);
    if (lastReport.has(words)) return;
    lastReport.set(words, now);
    onError(error);
  };
}
