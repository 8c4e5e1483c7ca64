import type { Workshop } from '../registry/workshop.js';
import type { Runner } from './runner.js';

/** About what the larger models take. */
const BAKE_WORK_MS = 500;

/** Converts models on an inference thread, and proves them by running them there. */
export function modelWorkshop(runner: Pick<Runner, 'run'>): Workshop {
  return {
    bake: async (model) => (await runner.run('bakeModel', { model }, { work: BAKE_WORK_MS })).result,
    verify: async (model) => {
      await runner.run('verify', { model }, { work: model.cost.run });
    },
  };
}
