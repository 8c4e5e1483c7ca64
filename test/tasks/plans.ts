import type { PreparedModel } from '../../src/registry/prepared-model.js';
import { planOf, type AnalysisPlan } from '../../src/tasks/tasks.js';
import type { ClassificationPlan } from '../../src/tasks/classify/classify.js';
import type { DetectionPlan } from '../../src/tasks/detect-objects/detect-objects.js';
import type { RoadPlan } from '../../src/tasks/segment-road/segment-road.js';

/** The three likeliest labels. */
export function classification(
  model: PreparedModel,
  more: Partial<ClassificationPlan> = {},
): ClassificationPlan {
  return { model, topK: 3, minScore: 0, ...more };
}

/** The areas and no image. */
export function road(model: PreparedModel, more: Partial<RoadPlan> = {}): RoadPlan {
  return { model, masks: [], overlays: [], ...more };
}

/** The objects and no image. */
export function detection(model: PreparedModel, more: Partial<DetectionPlan> = {}): DetectionPlan {
  return {
    model,
    labels: [],
    minScore: 0.1,
    maxObjects: 100,
    classes: null,
    annotated: [],
    crops: [],
    classifications: [],
    ...more,
  };
}

export function plan(parts: Partial<AnalysisPlan>): AnalysisPlan {
  return planOf(parts);
}
