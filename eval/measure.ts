import type { ReadyModel } from '../src/registry/catalog.js';
import type { Bed } from './bed.js';
import { measureClassification } from './classification.js';
import type { LabelledSet } from './data.js';
import { measureDetection } from './detection.js';
import type { Measures } from './measures.js';
import { measureRoad } from './road.js';
import { measureSuperResolution } from './super-resolution.js';

/**
 * Measures models of the set's task on it.
 * @returns what was measured, in the models' order
 * @throws Unmeasurable
 */
export async function measure(
  set: LabelledSet,
  models: readonly ReadyModel[],
  bed: Bed,
): Promise<Measures[]> {
  switch (set.task) {
    case 'CLASSIFY':
      return oneByOne(models, (model) => measureClassification(set, model, bed));
    case 'SEGMENT_ROAD':
      return oneByOne(models, (model) => measureRoad(set, model, bed));
    case 'DETECT_OBJECTS':
      return oneByOne(models, (model) => measureDetection(set, model, bed));
    case 'SUPER_RESOLVE':
      return measureSuperResolution(set, models, bed);
  }
}

async function oneByOne(
  models: readonly ReadyModel[],
  measureOne: (model: ReadyModel) => Promise<Measures>,
): Promise<Measures[]> {
  const results: Measures[] = [];
  for (const model of models) results.push(await measureOne(model));
  return results;
}
