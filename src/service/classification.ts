import type { ReadyModel } from '../registry/catalog.js';
import type { ClassificationResult, ClassificationPlan } from '../tasks/classify/classify.js';
import { LABELS, within } from './ranges.js';
import type { Services } from './services.js';

/** What a client may say of a classification; its values are checked here. */
export interface ClassificationArgs {
  readonly topK?: unknown;
  readonly minScore?: unknown;
  readonly model?: unknown;
}

export interface ClassificationRequest {
  readonly model: ReadyModel;
  readonly plan: ClassificationPlan;
}

/** @throws CodedError for arguments out of range and models that cannot be used */
export function classificationRequest(
  args: ClassificationArgs,
  { catalog }: Pick<Services, 'catalog'>,
): ClassificationRequest {
  const model = catalog.resolve('CLASSIFY', args.model as string | null | undefined);
  const wanted = within('topK', args.topK, LABELS.range, LABELS.usual);
  const topK = Math.min(wanted, Math.max(1, model.labels.length));
  return {
    model,
    plan: { model: model.prepared, topK, minScore: within('minScore', args.minScore, [0, 1], 0) },
  };
}

/** A label with its name, and its WordNet id where the label list has one. */
export interface NamedLabel {
  readonly index: number;
  /** 0..1 */
  readonly score: number;
  readonly name: string;
  readonly synset: string | null;
}

/** @returns falling scores */
export function namedLabels({ labels }: ClassificationResult, model: ReadyModel): NamedLabel[] {
  return labels.map(({ index, score }) => {
    const label = model.labels[index];
    return { index, score, name: label?.name ?? `class ${index}`, synset: label?.synset ?? null };
  });
}
