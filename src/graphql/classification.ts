import { Extensions, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { ReadyModel } from '../registry/catalog.js';
import type { ClassificationOutcome, ClassificationPlan } from '../tasks/classify/classify.js';
import type { SizeExtensions } from './answer-size.js';
import type { Answering } from './answering.js';
import { asked, LABELS } from './costs.js';
import { ImageInfo } from './image-info.js';
import { Model, servingModelOf } from './model.js';
import { within } from './ranges.js';
import type { Services } from './services.js';
import { Timing, timingOf } from './timing.js';

@ObjectType({ description: 'One of the things that the model tells apart, and how sure it is.' })
export class ClassLabel {
  @Field(() => Int, { description: "Index in the model's label list." })
  index!: number;

  @Field(() => ID, {
    nullable: true,
    description: 'WordNet id where the label list has one (ImageNet).',
  })
  synset!: string | null;

  @Field(() => String, { description: "From the model's label list; synonyms are separated by commas." })
  name!: string;

  @Field(() => Float, { description: 'A probability, 0..1.' })
  score!: number;
}

@ObjectType({ description: 'What a picture shows, in labels with scores.' })
export class Classification {
  @Extensions({
    items: ({ parentArgs }) => asked(parentArgs['topK'], LABELS),
  } satisfies SizeExtensions)
  @Field(() => [ClassLabel], { description: 'The likeliest label first.' })
  labels!: ClassLabel[];

  @Field(() => Model, { description: 'The model that answered.' })
  model!: Model;

  @Field(() => ImageInfo, { description: 'The picture that was looked at.' })
  image!: ImageInfo;

  @Field(() => Timing, { description: 'Where the time went.' })
  timing!: Timing;
}

/** The arguments of every field that classifies. */
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
  { catalog }: Services,
): ClassificationRequest {
  const model = catalog.resolve('CLASSIFY', args.model as string | null | undefined);
  const wanted = within('topK', args.topK, LABELS.range, LABELS.usual);
  const topK = Math.min(wanted, Math.max(1, model.labels.length));
  return {
    model,
    plan: { model: model.prepared, topK, minScore: within('minScore', args.minScore, [0, 1], 0) },
  };
}

export function classificationOf(
  { labels, times }: ClassificationOutcome,
  { model }: ClassificationRequest,
  { image, times: shared }: Answering,
): Classification {
  return {
    labels: labels.map(({ index, score }) => {
      const label = model.labels[index];
      return { index, score, name: label?.name ?? `class ${index}`, synset: label?.synset ?? null };
    }),
    model: servingModelOf(model),
    image,
    timing: timingOf(shared, times),
  };
}
