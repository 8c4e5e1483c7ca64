import type { ModelBuilder } from '../registry/model-builder.js';
import type { Runner } from './runner.js';

/** About what the larger models take. */
const BAKE_WORK_MS = 500;

/** Test pictures that a model is run on. */
const PROBES = 2;

/** Converts models on an inference thread, and proves there that they can answer. */
export function modelBuilder(runner: Pick<Runner, 'run'>): ModelBuilder {
  return {
    bake: async (model) => (await runner.run('bakeModel', { model }, { work: BAKE_WORK_MS })).result,
    verify: async (model) => {
      await runner.run('prove', { model }, { work: PROBES * model.cost.run });
    },
  };
}
