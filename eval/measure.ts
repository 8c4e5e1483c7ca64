import type { Task } from '../src/convert/parsers/parsers.js';
import type { ReadyModel } from '../src/registry/catalog.js';
import type { Harness } from './harness.js';
import { measureClassification } from './classification.js';
import type { LabelledSet } from './data.js';
import { measureDetection } from './detection.js';
import { Unmeasurable, type Measures } from './measures.js';
import { measureRoad } from './road.js';
import { measureSuperResolution } from './super-resolution.js';

/** Measures models on a set, each by itself or all of them together. */
type Measure = (set: LabelledSet, models: readonly ReadyModel[], harness: Harness) => Promise<Measures[]>;

/** A task that is not here is served and not measured: that takes labelled pictures. */
const MEASURES: Readonly<Partial<Record<Task, Measure>>> = {
  CLASSIFY: oneByOne(measureClassification),
  SEGMENT_ROAD: oneByOne(measureRoad),
  DETECT_OBJECTS: oneByOne(measureDetection),
  SUPER_RESOLVE: measureSuperResolution,
};

/**
 * Measures models of the set's task on it.
 * @returns what was measured, in the models' order
 * @throws Unmeasurable
 */
export async function measure(
  set: LabelledSet,
  models: readonly ReadyModel[],
  harness: Harness,
): Promise<Measures[]> {
  const measureAll = MEASURES[set.task];
  if (!measureAll) throw new Unmeasurable(`There is no measure for ${set.task}`);
  return measureAll(set, models, harness);
}

function oneByOne(
  measureOne: (set: LabelledSet, model: ReadyModel, harness: Harness) => Promise<Measures>,
): Measure {
  return async (set, models, harness) => {
    const results: Measures[] = [];
    for (const model of models) results.push(await measureOne(set, model, harness));
    return results;
  };
}
