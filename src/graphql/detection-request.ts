import { CodedError } from '../errors.js';
import type { ReadyModel } from '../registry/catalog.js';
import { minScoreOf } from '../registry/min-score.js';
import type { DetectionPlan } from '../tasks/plan.js';
import { classificationRequest, type ClassificationRequest } from './classification.js';
import { within } from './ranges.js';
import type { Selection } from './selection.js';
import type { Services } from './services.js';

/** The arguments of every field that detects. */
export interface DetectionArgs {
  readonly minScore?: unknown;
  readonly maxObjects?: unknown;
  readonly labels?: unknown;
  readonly model?: unknown;
}

export interface DetectionRequest {
  readonly model: ReadyModel;
  readonly plan: DetectionPlan;
  /** What is asked of each object's crop, by the field's name in the answer. */
  readonly classifications: ReadonlyMap<string, ClassificationRequest>;
}

/** @throws CodedError for arguments out of range, unknown labels, and models that can not be used */
export function detectionRequest(
  args: DetectionArgs,
  selection: Selection,
  services: Services,
): DetectionRequest {
  const model = services.catalog.resolve('DETECT_OBJECTS', args.model as string | null | undefined);
  const objects = selection.all('objects').map(({ fields }) => fields);
  const classifications = new Map(
    objects
      .flatMap((fields) => fields.all('classification'))
      .map((field) => [field.key, classificationRequest(field.args, services)] as const),
  );
  const plan: DetectionPlan = {
    model: model.prepared,
    labels: model.labels.map(({ name }) => name),
    minScore: within('minScore', args.minScore, [0, 1], minScoreOf(model.entry) ?? 0),
    maxObjects: within('maxObjects', args.maxObjects, [1, 1000], 100),
    classes: classesOf(args.labels, model),
    annotated: selection.images('annotated', 'JPEG'),
    crops: objects.flatMap((fields) => fields.images('crop', 'JPEG')),
    classifications: [...classifications].map(([key, request]) => ({ ...request.plan, key })),
  };
  return { model, plan, classifications };
}

function classesOf(wanted: unknown, { entry, labels }: ReadyModel): number[] | null {
  if (!Array.isArray(wanted)) return null;
  return wanted.map((name: unknown) => {
    const index = labels.findIndex((label) => label.name === name);
    if (index >= 0) return index;
    const known = labels.map((label) => label.name).join(', ');
    throw new CodedError(
      'BAD_USER_INPUT',
      `Model ${entry.id} knows no label '${String(name)}'. It knows: ${known}.`,
    );
  });
}
