import { Extensions, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { namedLabels, type ClassificationRequest } from '../service/classification.js';
import { LABELS } from '../service/ranges.js';
import type { ResultContext } from '../service/result-context.js';
import type { ClassificationResult } from '../tasks/classify/classify.js';
import type { SizeExtensions } from './answer-size.js';
import { asked } from './costs.js';
import { ImageInfo } from './image-info.js';
import { Model, servingModelOf } from './model.js';
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

export function classificationOf(
  outcome: ClassificationResult,
  { model }: ClassificationRequest,
  { image, times }: ResultContext,
): Classification {
  return {
    labels: namedLabels(outcome, model),
    model: servingModelOf(model),
    image,
    timing: timingOf(times, outcome.times),
  };
}
