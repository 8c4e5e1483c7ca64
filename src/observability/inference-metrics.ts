import type { Metrics } from './metrics.js';
import type { PoolName } from './readings.js';

/** A request that an inference thread has answered. */
interface Answered {
  readonly kind: string;
  readonly ok: boolean;
  /** Milliseconds. */
  readonly took: number;
  readonly decodes: number;
}

/** Counts what the threads of a pool answer. */
export function countAnswers(
  metrics: Pick<Metrics, 'count' | 'observe'>,
  pool: PoolName,
): (answered: Answered) => void {
  return ({ kind, ok, took, decodes }) => {
    metrics.count('okulo_inference_requests_total', { pool, kind, outcome: ok ? 'ok' : 'refused' });
    metrics.observe('okulo_inference_seconds', { pool, kind }, took / 1000);
    metrics.count('okulo_image_decodes_total', { pool, kind }, decodes);
  };
}

const STAGES = ['receive', 'decode', 'preprocess', 'queue', 'inference', 'postprocess'] as const;
export type Stage = (typeof STAGES)[number];

/** @param times milliseconds of the stages that a result had */
export function observeStages(
  metrics: Pick<Metrics, 'observe'>,
  model: string,
  times: Readonly<Partial<Record<Stage, number>>>,
): void {
  for (const stage of STAGES) {
    const took = times[stage];
    if (took !== undefined) metrics.observe('okulo_stage_duration_seconds', { stage, model }, took / 1000);
  }
}
