import { reasonOf } from './unusable-queue.js';

const QUIET_MS = 10_000;

/**
 * Every queue, worker and connection reports the same outage, at each attempt to reconnect; so does every request.
 * This lets one report of the same words through per ten seconds, or per `quietMs`.
 */
export function withoutRepeats(
  onError: (error: unknown) => void,
  quietMs = QUIET_MS,
): (error: unknown) => void {
  const lastReport = new Map<string, number>();
  return (error) => {
    const now = performance.now();
    for (const [words, at] of lastReport) {
      if (now - at >= quietMs) lastReport.delete(words);
    }
    const cause = error instanceof Error ? error.cause : undefined;
    const words = cause === undefined ? reasonOf(error) : `${reasonOf(error)} ${reasonOf(cause)}`;
    if (lastReport.has(words)) return;
    lastReport.set(words, now);
    onError(error);
  };
}
