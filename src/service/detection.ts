import { CodedError, shortened } from '../errors.js';
import type { ReadyModel } from '../registry/catalog.js';
import { minScoreOf } from '../registry/min-score.js';
import type { DetectionPlan } from '../tasks/detect-objects/detect-objects.js';
import type { ClassificationRequest } from './classification.js';
import { OBJECTS, within } from './ranges.js';
import type { Services } from './services.js';

/** What a client may say of a detection; its values are checked here. */
export interface DetectionArgs {
  readonly minScore?: unknown;
  readonly maxObjects?: unknown;
  readonly labels?: unknown;
  readonly model?: unknown;
}

/** What is made of the picture and of each object that is found. */
export interface DetectionParts extends Partial<Pick<DetectionPlan, 'annotated' | 'crops'>> {
  /** What is asked of each object's crop, by the caller's keys. */
  readonly classifications?: ReadonlyMap<string, ClassificationRequest>;
}

export interface DetectionRequest {
  readonly model: ReadyModel;
  readonly plan: DetectionPlan;
  readonly classifications: ReadonlyMap<string, ClassificationRequest>;
}

/** @throws CodedError for arguments out of range, unknown labels, and models that cannot be used */
export function detectionRequest(
  args: DetectionArgs,
  { annotated = [], crops = [], classifications = new Map() }: DetectionParts,
  { catalog }: Pick<Services, 'catalog'>,
): DetectionRequest {
  const model = catalog.resolve('DETECT_OBJECTS', args.model as string | null | undefined);
  const plan: DetectionPlan = {
    model: model.prepared,
    labels: model.labels.map(({ name }) => name),
    minScore: within('minScore', args.minScore, [0, 1], minScoreOf(model.entry) ?? 0),
    maxObjects: within('maxObjects', args.maxObjects, OBJECTS.range, OBJECTS.usual),
    classes: classesOf(args.labels, model),
    annotated,
    crops,
    classifications: [...classifications].map(([key, request]) => ({ ...request.plan, key })),
  };
  return { model, plan, classifications };
}

/** Of the labels of a model, in a message: all of those of COCO. */
const MAX_KNOWN = 1000;

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
    const known = shortened(labels.map((label) => label.name).join(', '), MAX_KNOWN);
    throw new CodedError(
      'BAD_USER_INPUT',
      `Model ${entry.id} knows no label '${shortened(String(name))}'. It knows: ${known}.`,
    );
  });
}
