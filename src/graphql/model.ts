import {
  Arg,
  Ctx,
  Extensions,
  Field,
  Float,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { reasonOf, type Absence, type KnownModel, type ReadyModel } from '../registry/catalog.js';
import type { Origin } from '../registry/manifest.js';
import type { Task } from '../convert/parsers/parsers.js';
import { minScoreOf } from '../registry/min-score.js';
import { modelUpdates } from '../registry/model-updates.js';
import type { SizeExtensions } from './answer-size.js';
import { COST } from '../service/costs.js';
import { ModelAbsenceEnum, ModelOriginEnum, ModelStatusEnum, TaskEnum } from './enums.js';
import { Url } from './scalars.js';
import { prepareModel } from '../service/prepare-model.js';
import type { Context } from '../service/services.js';

@ObjectType({ description: 'A network that the service can use for one task.' })
export class Model {
  @Field(() => ID, { description: 'What arguments named model take.' })
  id!: string;

  @Field(() => TaskEnum, { description: 'What it does.' })
  task!: Task;

  @Extensions({ bytes: 100 } satisfies SizeExtensions)
  @Field(() => String, { description: 'Its name for people.' })
  title!: string;

  @Field(() => ModelOriginEnum, {
    description:
      "Where the weights come from: the published ones, the small ones that ship with the service, or the operator's own.",
  })
  origin!: Origin;

  @Field(() => ModelStatusEnum, { description: 'Whether it can be used now.' })
  status!: keyof typeof ModelStatusEnum;

  @Extensions({ bytes: 500 } satisfies SizeExtensions)
  @Field(() => String, {
    nullable: true,
    description: 'Why the model cannot be used and what to do about it; null when it is READY.',
  })
  unavailableReason!: string | null;

  @Field(() => ModelAbsenceEnum, {
    nullable: true,
    description: 'The same for programs; null unless UNAVAILABLE.',
  })
  unavailableBecause!: Absence | null;

  @Field(() => Boolean, { description: 'True for the model that a mutation uses when it names none.' })
  isDefault!: boolean;

  @Extensions({ bytes: 200 } satisfies SizeExtensions)
  @Field(() => String, { description: 'The licence of its weights.' })
  license!: string;

  @Extensions({ bytes: 200 } satisfies SizeExtensions)
  @Field(() => Url, { description: 'The page that it comes from.', nullable: true })
  source!: URL | null;

  @Field(() => String, { description: 'The numbers of its weights: FP32, FP16 or INT8.' })
  precision!: string;

  @Field(() => Int, {
    description:
      'Pixels that the picture is scaled to before the network sees it; null where any size will do.',
    nullable: true,
  })
  inputWidth!: number | null;

  @Field(() => Int, {
    description:
      'Pixels that the picture is scaled to before the network sees it; null where any size will do.',
    nullable: true,
  })
  inputHeight!: number | null;

  @Extensions({ bytes: ({ bounds }) => bounds.labelBytes } satisfies SizeExtensions)
  @Field(() => [String], {
    description:
      'The names of what it can tell apart, in the order of its class indices; empty where it has none.',
  })
  labels!: string[];

  @Field(() => Float, {
    nullable: true,
    description: "Detectors: the score from which this model's objects count when a query names none.",
  })
  minScore!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Top score below which a classifier's first label is more often wrong than right.",
  })
  unsureBelow!: number | null;

  @Extensions({ bytes: 500 } satisfies SizeExtensions)
  @Field(() => String, {
    nullable: true,
    description: 'What the model knows and where it fails, in a sentence or two for people.',
  })
  notes!: string | null;

  @Extensions({ bytes: 200 } satisfies SizeExtensions)
  @Field(() => String, {
    nullable: true,
    description: 'How good it was when it was measured, and on what.',
  })
  accuracy!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'A model that does the same better, as far as this project has measured it.',
  })
  better!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'While PREPARING: share of the download, 0..1.',
  })
  progress!: number | null;
}

export function modelOf({ entry, labels, availability, isDefault }: KnownModel): Model {
  const { id, task, title, origin, license, source, precision, input } = entry;
  return {
    id,
    task,
    title,
    origin,
    status: availability.status,
    unavailableReason: availability.status === 'READY' ? null : reasonOf(availability),
    unavailableBecause: availability.status === 'UNAVAILABLE' ? availability.because : null,
    progress: availability.status === 'PREPARING' ? availability.progress : null,
    isDefault,
    license,
    source: source === undefined ? null : new URL(source),
    precision,
    inputWidth: input.width ?? null,
    inputHeight: input.height ?? null,
    labels: labels.map(({ name }) => name),
    minScore: minScoreOf(entry),
    unsureBelow: entry.unsureBelow ?? null,
    notes: entry.notes ?? null,
    accuracy: entry.accuracy ?? null,
    better: entry.better ?? null,
  };
}

/** The model that made a result: it was ready, or there would be none. */
export function servingModelOf({ prepared, ...model }: ReadyModel): Model {
  return modelOf({ ...model, availability: { status: 'READY', prepared } });
}

@Resolver()
export class ModelResolver {
  @Extensions({ items: ({ bounds }) => bounds.models } satisfies SizeExtensions)
  @Query(() => [Model], { description: 'The models that the service knows, ready or not.' })
  models(
    @Arg('task', () => TaskEnum, { nullable: true, description: 'Only models for this task.' })
    task: Task | null | undefined,
    @Ctx() { services }: Context,
  ): Model[] {
    return services.catalog.list(task ?? undefined).map(modelOf);
  }

  @Query(() => Model, { nullable: true, description: 'Null when there is no such model.' })
  model(
    @Arg('id', () => ID, { description: 'The id of a model.' }) id: string,
    @Ctx() { services }: Context,
  ): Model | null {
    const known = services.catalog.find(id);
    return known ? modelOf(known) : null;
  }

  @Mutation(() => Model, {
    complexity: COST.job,
    description:
      'Fetches and prepares a missing model, and answers at once; modelUpdated tells how far it is. For administrators, in role serve.',
  })
  prepareModel(
    @Arg('id', () => ID, { description: 'The id of a model.' }) id: string,
    @Ctx() context: Context,
  ): Model {
    return modelOf(prepareModel(id, context));
  }

  @Subscription(() => Model, {
    subscribe: ({ args, context }: { args: { id?: string | null }; context: Context }) =>
      modelUpdates(context.services.catalog, args.id ?? undefined, context.signal),
    complexity: ({ childComplexity }) => COST.jobLookup + childComplexity,
    description:
      'Models as they are now, then each whose status, progress or default changes. It does not end by itself.',
  })
  modelUpdated(
    @Root() known: KnownModel,
    @Arg('id', () => ID, { nullable: true, description: 'Only this model; all of them unless given.' })
    _id: string | null | undefined,
  ): Model {
    return modelOf(known);
  }
}
