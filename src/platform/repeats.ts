/** The same words again and again are no news: what fails, fails for every request and every connection. */
import { messageOf } from '../errors.js';

const QUIET_MS = 10_000;

/**
 * Says of words whether they are to be told: not if the same ones were, within a time, nor beyond so many different
 * ones in it.
 */
export function repeatFilter(
  quietMs: number,
  maxWords = Number.POSITIVE_INFINITY,
): (words: string) => boolean {
  const told = new Map<string, number>();
  return (words) => {
    const now = performance.now();
    // In the order in which they were told.
    for (const [earlier, at] of told) {
      if (now - at < quietMs) break;
      told.delete(earlier);
    }
    if (told.has(words) || told.size >= maxWords) return false;
    told.set(words, now);
    return true;
  };
}

/** Lets one report of the same error, its cause included, through per ten seconds, or per `quietMs`. */
export function withoutRepeats(
  onError: (error: unknown) => void,
  quietMs = QUIET_MS,
): (error: unknown) => void {
  const isNews = repeatFilter(quietMs);
  return (error) => {
    const cause = error instanceof Error ? error.cause : undefined;
    const words = cause === undefined ? messageOf(error) : `${messageOf(error)} ${messageOf(cause)}`;
    if (isNews(words)) onError(error);
  };
}
