import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Field, Float, ID, Info, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { analyzeImage, type Asked } from './analyze-image.js';
import { Classification, classificationRequest } from './classification.js';
import { modelRun } from './costs.js';
import { ObjectDetection } from './detection.js';
import { detectionRequest } from './detection-request.js';
import { ImageInfo } from './image-info.js';
import { ImageInput } from './image-input.js';
import { RoadSegmentation, roadRequest } from './road.js';
import { Selection } from './selection.js';
import type { Context } from './services.js';

const ABSENT_MIN_SCORE = "minScore absent: the model's own.";

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

  @Field(() => ImageInfo)
  readonly image: ImageInfo;

  @Field(() => Classification, { complexity: modelRun })
  classification(
    @Arg('topK', () => Int, { nullable: true, defaultValue: 5 }) _topK: number,
    @Arg('minScore', () => Float, { nullable: true, defaultValue: 0 }) _minScore: number,
    @Arg('model', () => ID, { nullable: true }) _model: string | null,
    @Info() info: GraphQLResolveInfo,
  ) {
    return this.#results[info.path.key];
  }

  @Field(() => RoadSegmentation, { complexity: modelRun })
  road(@Arg('model', () => ID, { nullable: true }) _model: string | null, @Info() info: GraphQLResolveInfo) {
    return this.#results[info.path.key];
  }

  @Field(() => ObjectDetection, { complexity: modelRun, description: ABSENT_MIN_SCORE })
  detection(
    @Arg('minScore', () => Float, { nullable: true }) _minScore: number | null,
    @Arg('maxObjects', () => Int, { nullable: true, defaultValue: 100 }) _maxObjects: number,
    @Arg('labels', () => [String], { nullable: true }) _labels: string[] | null,
    @Arg('model', () => ID, { nullable: true }) _model: string | null,
    @Info() info: GraphQLResolveInfo,
  ) {
    return this.#results[info.path.key];
  }
}

/** The mutations that answer at once. Each is a plan of one or more results over one image. */
@Resolver()
export class AnalysisResolver {
  @Mutation(() => Classification, { complexity: modelRun })
  async classify(
    @Arg('image', () => ImageInput) image: ImageInput,
    @Arg('topK', () => Int, { nullable: true, defaultValue: 5 }) topK: number | null,
    @Arg('minScore', () => Float, { nullable: true, defaultValue: 0 }) minScore: number | null,
    @Arg('model', () => ID, { nullable: true }) model: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<Classification> {
    const request = classificationRequest({ topK, minScore, model }, context.services);
    const { classifications } = await analyzeImage(image, { classifications: [request] }, context);
    return first(classifications);
  }

  @Mutation(() => RoadSegmentation, { complexity: modelRun })
  async segmentRoad(
    @Arg('image', () => ImageInput) image: ImageInput,
    @Arg('model', () => ID, { nullable: true }) model: string | null | undefined,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<RoadSegmentation> {
    const request = roadRequest({ model }, Selection.of(info), context.services);
    return first((await analyzeImage(image, { roads: [request] }, context)).roads);
  }

  @Mutation(() => ObjectDetection, { complexity: modelRun, description: ABSENT_MIN_SCORE })
  async detectObjects(
    @Arg('image', () => ImageInput) image: ImageInput,
    @Arg('minScore', () => Float, { nullable: true }) minScore: number | null | undefined,
    @Arg('maxObjects', () => Int, { nullable: true, defaultValue: 100 }) maxObjects: number | null,
    @Arg('labels', () => [String], { nullable: true }) labels: string[] | null | undefined,
    @Arg('model', () => ID, { nullable: true }) model: string | null | undefined,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ObjectDetection> {
    const request = detectionRequest(
      { minScore, maxObjects, labels, model },
      Selection.of(info),
      context.services,
    );
    return first((await analyzeImage(image, { detections: [request] }, context)).detections);
  }

  @Mutation(() => Analysis)
  async analyze(
    @Arg('image', () => ImageInput) image: ImageInput,
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
    const asked: Asked = {
      classifications: fields.classification.map(({ args }) => classificationRequest(args, services)),
      roads: fields.road.map(({ args, fields: selected }) => roadRequest(args, selected, services)),
      detections: fields.detection.map(({ args, fields: selected }) =>
        detectionRequest(args, selected, services),
      ),
    };
    const results = await analyzeImage(image, asked, context);
    const keyed = (
      keys: readonly { key: string }[],
      values: readonly (Classification | RoadSegmentation | ObjectDetection)[],
    ) => keys.flatMap(({ key }, index) => (values[index] ? [[key, values[index]] as const] : []));
    return new Analysis(
      results.image,
      Object.fromEntries([
        ...keyed(fields.classification, results.classifications),
        ...keyed(fields.road, results.roads),
        ...keyed(fields.detection, results.detections),
      ]),
    );
  }
}

function first<T>([result]: readonly T[]): T {
  if (result === undefined) throw new Error('Expected one result for one request');
  return result;
}
