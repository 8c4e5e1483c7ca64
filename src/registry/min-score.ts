import type { ManifestEntry } from './manifest.js';

/** What published detectors are used with. */
const USUAL_MIN_SCORE = 0.5;

/**
 * The score from which a detector's objects count where a request names none: its manifest entry's, or the usual one.
 * @returns 0..1; null for a model of another task
 */
export function minScoreOf({ task, minScore }: Pick<ManifestEntry, 'task' | 'minScore'>): number | null {
  return task === 'DETECT_OBJECTS' ? (minScore ?? USUAL_MIN_SCORE) : null;
}
