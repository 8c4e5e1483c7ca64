import { CodedError, shortened } from '../errors.js';
import type { ReadyModel } from '../registry/catalog.js';
import { minScoreOf } from '../registry/min-score.js';
import type { DetectionPlan } from '../tasks/detect-objects/detect-objects.js';
import { classificationRequest, type ClassificationRequest } from './classification.js';
import { OBJECTS } from './costs.js';
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
  /** What is asked of each object's crop, by `objectKey`. */
  readonly classifications: ReadonlyMap<string, ClassificationRequest>;
}

/** @throws CodedError for arguments out of range, unknown labels, and models that cannot be used */
export function detectionRequest(
  args: DetectionArgs,
  selection: Selection,
  services: Services,
): DetectionRequest {
  const model = services.catalog.resolve('DETECT_OBJECTS', args.model as string | null | undefined);
  const objects = selection.all('objects');
  const classifications = new Map(
    objects.flatMap(({ key, fields }) =>
      fields
        .all('classification')
        .map((field) => [objectKey(key, field.key), classificationRequest(field.args, services)] as const),
    ),
  );
  const plan: DetectionPlan = {
    model: model.prepared,
    labels: model.labels.map(({ name }) => name),
    minScore: within('minScore', args.minScore, [0, 1], minScoreOf(model.entry) ?? 0),
    maxObjects: within('maxObjects', args.maxObjects, OBJECTS.range, OBJECTS.usual),
    classes: classesOf(args.labels, model),
    annotated: selection.images('annotated', 'JPEG'),
    crops: objects.flatMap(({ key, fields }) =>
      fields.images('crop', 'JPEG').map((order) => ({ ...order, key: objectKey(key, order.key) })),
    ),
    classifications: [...classifications].map(([key, request]) => ({ ...request.plan, key })),
  };
  return { model, plan, classifications };
}

/**
 * The key of what is made for an object. The list of objects may be selected several times, each with other fields of
 * the same name, so that its own name in the answer is a part of the key.
 */
export function objectKey(objects: string | number, field: string | number): string {
  return `${objects}.${field}`;
}

/** Of the labels of a model, in a message: all of those of COCO. */
const MOST_KNOWN = 1000;

function classesOf(wanted: unknown, { entry, labels }: ReadyModel): number[] | null {
  if (!Array.isArray(wanted)) return null;
  if (wanted.length > labels.length) {
    throw new CodedError(
      'BAD_USER_INPUT',
      `Expected at most ${labels.length} labels, as many as model ${entry.id} knows, and ${wanted.length} came.`,
    );
  }
  const indices = new Map(labels.map(({ name }, index) => [name, index]));
  return wanted.map((name: unknown) => {
    const index = indices.get(String(name));
    if (index !== undefined) return index;
    const known = shortened(labels.map((label) => label.name).join(', '), MOST_KNOWN);
    throw new CodedError(
      'BAD_USER_INPUT',
      `Model ${entry.id} knows no label '${shortened(String(name))}'. It knows: ${known}.`,
    );
  });
}
