import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Field, Float, ID, Info, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import {
  IMAGE,
  MODEL,
  TOP_K,
  LABEL_MIN_SCORE,
  OBJECT_MIN_SCORE,
  MAX_OBJECTS,
  ONLY_LABELS,
} from './arguments.js';
import { resultsOf, type Requests } from './analysis-results.js';
import { Classification } from './classification.js';
import { modelRun } from './costs.js';
import { ObjectDetection } from './detection.js';
import { selectedDetection } from './detection-request.js';
import { ImageInfo } from './image-info.js';
import { ImageInput } from './image-input.js';
import { RoadSegmentation, selectedRoad } from './road.js';
import { Selection } from './selection.js';
import type { Context } from '../service/services.js';
import { classificationRequest } from '../service/classification.js';

const WHICH_OBJECTS = "Which objects are where. minScore absent: the model's own.";

@ObjectType({
  description:
    'Several models over one image that is read once and decoded once per scale; only the selected fields are computed, and each answers as it would alone.',
})
export class Analysis {
  readonly #results: Readonly<Record<string, Classification | RoadSegmentation | ObjectDetection>>;

  constructor(
    image: ImageInfo,
    results: Record<string, Classification | RoadSegmentation | ObjectDetection>,
  ) {
    this.image = image;
    this.#results = results;
  }

  @Field(() => ImageInfo, { description: 'The picture that was looked at.' })
  readonly image: ImageInfo;

  @Field(() => Classification, { description: 'What it shows.', complexity: modelRun })
  classification(
    @Arg('topK', () => Int, TOP_K) _topK: number,
    @Arg('minScore', () => Float, LABEL_MIN_SCORE) _minScore: number,
    @Arg('model', () => ID, MODEL) _model: string | null,
    @Info() info: GraphQLResolveInfo,
  ) {
    return this.#results[info.path.key];
  }

  @Field(() => RoadSegmentation, { description: 'Where the road is.', complexity: modelRun })
  road(@Arg('model', () => ID, MODEL) _model: string | null, @Info() info: GraphQLResolveInfo) {
    return this.#results[info.path.key];
  }

  @Field(() => ObjectDetection, { complexity: modelRun, description: WHICH_OBJECTS })
  detection(
    @Arg('minScore', () => Float, OBJECT_MIN_SCORE) _minScore: number | null,
    @Arg('maxObjects', () => Int, MAX_OBJECTS) _maxObjects: number,
    @Arg('labels', () => [String], ONLY_LABELS) _labels: string[] | null,
    @Arg('model', () => ID, MODEL) _model: string | null,
    @Info() info: GraphQLResolveInfo,
  ) {
    return this.#results[info.path.key];
  }
}

/** The mutations that answer at once. Each is a plan of one or more results over one image. */
@Resolver()
export class AnalysisResolver {
  @Mutation(() => Classification, { complexity: modelRun, description: 'What the picture shows.' })
  async classify(
    @Arg('image', () => ImageInput, IMAGE) image: ImageInput,
    @Arg('topK', () => Int, TOP_K) topK: number | null,
    @Arg('minScore', () => Float, LABEL_MIN_SCORE) minScore: number | null,
    @Arg('model', () => ID, MODEL) model: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<Classification> {
    const request = classificationRequest({ topK, minScore, model }, context.services);
    return first((await resultsOf(image, { CLASSIFY: [request] }, context)).CLASSIFY);
  }

  @Mutation(() => RoadSegmentation, { complexity: modelRun, description: 'Where the road is.' })
  async segmentRoad(
    @Arg('image', () => ImageInput, IMAGE) image: ImageInput,
    @Arg('model', () => ID, MODEL) model: string | null | undefined,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<RoadSegmentation> {
    const request = selectedRoad({ model }, Selection.of(info), context.services);
    return first((await resultsOf(image, { SEGMENT_ROAD: [request] }, context)).SEGMENT_ROAD);
  }

  @Mutation(() => ObjectDetection, { complexity: modelRun, description: WHICH_OBJECTS })
  async detectObjects(
    @Arg('image', () => ImageInput, IMAGE) image: ImageInput,
    @Arg('minScore', () => Float, OBJECT_MIN_SCORE) minScore: number | null | undefined,
    @Arg('maxObjects', () => Int, MAX_OBJECTS) maxObjects: number | null,
    @Arg('labels', () => [String], ONLY_LABELS) labels: string[] | null | undefined,
    @Arg('model', () => ID, MODEL) model: string | null | undefined,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ObjectDetection> {
    const request = selectedDetection(
      { minScore, maxObjects, labels, model },
      Selection.of(info),
      context.services,
    );
    return first((await resultsOf(image, { DETECT_OBJECTS: [request] }, context)).DETECT_OBJECTS);
  }

  @Mutation(() => Analysis, { description: 'Several questions about one picture.' })
  async analyze(
    @Arg('image', () => ImageInput, IMAGE) image: ImageInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Analysis> {
    const selection = Selection.of(info);
    const { services } = context;
    const fields = {
      classification: selection.all('classification'),
      road: selection.all('road'),
      detection: selection.all('detection'),
    };
    const requests: Requests = {
      CLASSIFY: fields.classification.map(({ args }) => classificationRequest(args, services)),
      SEGMENT_ROAD: fields.road.map(({ args, fields: selected }) => selectedRoad(args, selected, services)),
      DETECT_OBJECTS: fields.detection.map(({ args, fields: selected }) =>
        selectedDetection(args, selected, services),
      ),
    };
    const results = await resultsOf(image, requests, context);
    const keyed = (
      keys: readonly { key: string }[],
      values: readonly (Classification | RoadSegmentation | ObjectDetection)[],
    ) => keys.flatMap(({ key }, index) => (values[index] ? [[key, values[index]] as const] : []));
    return new Analysis(
      results.image,
      Object.fromEntries([
        ...keyed(fields.classification, results.CLASSIFY),
        ...keyed(fields.road, results.SEGMENT_ROAD),
        ...keyed(fields.detection, results.DETECT_OBJECTS),
      ]),
    );
  }
}

function first<T>([result]: readonly T[]): T {
  if (result === undefined) throw new Error('Expected one result for one request');
  return result;
}
