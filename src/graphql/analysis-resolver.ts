import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Float, ID, Info, Int, Mutation, Resolver } from 'type-graphql';
import { analyzeImage } from '../service/analyze-image.js';
import { classificationRequest, type ClassificationRequest } from '../service/classification.js';
import type { DetectionRequest } from '../service/detection.js';
import type { GivenImage } from '../service/receive-image.js';
import type { RoadRequest } from '../service/road.js';
import type { Context } from '../service/services.js';
import type { AnalysisTaskName } from '../tasks/tasks.js';
import { Analysis } from './analysis.js';
import {
  IMAGE,
  MODEL,
  TOP_K,
  LABEL_MIN_SCORE,
  OBJECT_MIN_SCORE,
  MAX_OBJECTS,
  ONLY_LABELS,
  WHICH_OBJECTS,
} from './arguments.js';
import { Classification, classificationOf } from './classification.js';
import { modelRun } from './costs.js';
import { ObjectDetection } from './detection.js';
import { selectedDetection } from './detection-request.js';
import type { ImageInfo } from './image-info.js';
import { ImageInput } from './image-input.js';
import { RoadSegmentation, selectedRoad } from './road.js';
import { Selection } from './selection.js';

/** What is asked of one image, by task. */
export interface Requests {
  readonly CLASSIFY?: readonly ClassificationRequest[];
  readonly SEGMENT_ROAD?: readonly RoadRequest[];
  readonly DETECT_OBJECTS?: readonly DetectionRequest[];
}

/** Results in the order of their requests. */
export interface Results extends Readonly<Record<AnalysisTaskName, readonly object[]>> {
  readonly image: ImageInfo;
  readonly CLASSIFY: readonly Classification[];
  readonly SEGMENT_ROAD: readonly RoadSegmentation[];
  readonly DETECT_OBJECTS: readonly ObjectDetection[];
}

/** Has everything that is asked of an image computed in one go, and maps what came of it to the schema's types. */
export async function resultsOf(image: GivenImage, requests: Requests, context: Context): Promise<Results> {
  const { CLASSIFY = [], SEGMENT_ROAD = [], DETECT_OBJECTS = [] } = requests;
  const { outcome, context: shared } = await analyzeImage(
    image,
    {
      CLASSIFY: CLASSIFY.map(({ plan }) => plan),
      SEGMENT_ROAD: SEGMENT_ROAD.map(({ plan }) => plan),
      DETECT_OBJECTS: DETECT_OBJECTS.map(({ plan }) => plan),
    },
    context,
  );
  return {
    image: shared.image,
    CLASSIFY: pairs(CLASSIFY, outcome.CLASSIFY, (request, result) =>
      classificationOf(result, request, shared),
    ),
    SEGMENT_ROAD: pairs(
      SEGMENT_ROAD,
      outcome.SEGMENT_ROAD,
      (request, result) => new RoadSegmentation(result, request, shared),
    ),
    DETECT_OBJECTS: pairs(
      DETECT_OBJECTS,
      outcome.DETECT_OBJECTS,
      (request, result) => new ObjectDetection(result, request, shared),
    ),
  };
}

function pairs<A, B, C>(left: readonly A[], right: readonly B[], join: (a: A, b: B) => C): C[] {
  return left.flatMap((a, index) => {
    const b = right[index];
    return b === undefined ? [] : [join(a, b)];
  });
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
