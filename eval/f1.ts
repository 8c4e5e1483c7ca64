import type { Judgement } from './average-precision.js';

/** A threshold, and the harmonic mean of precision and recall of what scores at least as much. */
export interface Threshold {
  readonly score: number;
  readonly f1: number;
}

/** F1 of all classes together when only what scores at least `score` counts. */
export function f1At(score: number, judgements: readonly Judgement[]): number {
  const kept = judgements.flatMap(({ found }) => found.filter((object) => object.score >= score));
  const hits = kept.filter(({ isHit }) => isHit).length;
  const total = judgements.reduce((sum, judgement) => sum + judgement.total, 0);
  return kept.length + total === 0 ? 0 : (2 * hits) / (kept.length + total);
}

/** The threshold of two decimals with the best F1, the lowest of several. */
export function bestThreshold(judgements: readonly Judgement[]): Threshold {
  const all = Array.from({ length: 99 }, (_, index) => (index + 1) / 100);
  return all
    .map((score) => ({ score, f1: f1At(score, judgements) }))
    .reduce((best, threshold) => (threshold.f1 > best.f1 ? threshold : best));
}
