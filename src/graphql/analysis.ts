import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Field, Float, ID, Info, Int, ObjectType } from 'type-graphql';
import {
  MODEL,
  TOP_K,
  LABEL_MIN_SCORE,
  OBJECT_MIN_SCORE,
  MAX_OBJECTS,
  ONLY_LABELS,
  WHICH_OBJECTS,
} from './arguments.js';
import { Classification } from './classification.js';
import { modelRun } from './costs.js';
import { ObjectDetection } from './detection.js';
import { ImageInfo } from './image-info.js';
import { RoadSegmentation } from './road.js';

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
