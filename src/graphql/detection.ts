import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Extensions, Field, Float, ID, Info, Int, ObjectType } from 'type-graphql';
import type { ImageFormat } from '../imaging/picture.js';
import type { DetectionOutcome, FoundObject } from '../tasks/plan.js';
import type { Answering } from './answering.js';
import { BoundingBox, boundingBoxOf } from './bounding-box.js';
import { Classification, classificationOf } from './classification.js';
import type { SizeExtensions } from './answer-size.js';
import { asked, imageMade, modelRun, OBJECTS, perObject } from './costs.js';
import { objectKey, type DetectionRequest } from './detection-request.js';
import { ImageFormatEnum } from './enums.js';
import { ImageInfo } from './image-info.js';
import { madeImage } from './made-image.js';
import { Model, servingModelOf } from './model.js';
import { StoredImage } from './stored-image.js';
import { Timing, timingOf } from './timing.js';

@ObjectType()
export class DetectedObject {
  readonly #found: FoundObject;
  readonly #request: DetectionRequest;
  readonly #answering: Answering;

  constructor(found: FoundObject, request: DetectionRequest, answering: Answering) {
    this.#found = found;
    this.#request = request;
    this.#answering = answering;
    this.classIndex = found.classIndex;
    this.label = request.model.labels[found.classIndex]?.name ?? `class ${found.classIndex}`;
    this.score = found.score;
    this.box = boundingBoxOf(found.box, answering.image);
  }

  @Field(() => Int)
  readonly classIndex: number;

  @Field(() => String)
  readonly label: string;

  @Field(() => Float)
  readonly score: number;

  @Field(() => BoundingBox)
  readonly box: BoundingBox;

  @Field(() => StoredImage, { complexity: imageMade })
  crop(
    @Arg('format', () => ImageFormatEnum, { nullable: true, defaultValue: 'JPEG' }) _format: ImageFormat,
    @Info() info: GraphQLResolveInfo,
  ): StoredImage {
    return madeImage(this.#found.crops, info, this.#answering.publisher, keyOf(info));
  }

  @Field(() => Classification, {
    complexity: modelRun,
    description: "Runs the classifier on this object's crop.",
  })
  classification(
    @Arg('topK', () => Int, { nullable: true, defaultValue: 5 }) _topK: number,
    @Arg('model', () => ID, { nullable: true }) _model: string | null,
    @Info() info: GraphQLResolveInfo,
  ): Classification {
    const key = keyOf(info);
    const outcome = this.#found.classifications[key];
    const request = this.#request.classifications.get(key);
    if (!outcome || !request) throw new Error(`No classification was made for ${info.path.key}`);
    return classificationOf(outcome, request, this.#answering);
  }
}

/** The path of a field of an object is the list's name, the object's number, and its own name. */
function keyOf({ path }: GraphQLResolveInfo): string {
  return objectKey(path.prev?.prev?.key ?? '', path.key);
}

@ObjectType()
export class ObjectDetection {
  readonly #outcome: DetectionOutcome;
  readonly #answering: Answering;

  constructor(outcome: DetectionOutcome, request: DetectionRequest, answering: Answering) {
    const { model } = request;
    this.#outcome = outcome;
    this.#answering = answering;
    this.objects = outcome.objects.map((found) => new DetectedObject(found, request, answering));
    this.model = servingModelOf(model);
    this.image = answering.image;
    this.timing = timingOf(answering.times, outcome.times);
  }

  @Extensions({
    items: ({ parentArgs }) => asked(parentArgs['maxObjects'], OBJECTS),
  } satisfies SizeExtensions)
  @Field(() => [DetectedObject], { complexity: perObject, description: 'Falling scores.' })
  readonly objects: DetectedObject[];

  @Field(() => StoredImage, {
    complexity: imageMade,
    description: 'The input with boxes and labels drawn on it.',
  })
  annotated(
    @Arg('format', () => ImageFormatEnum, { nullable: true, defaultValue: 'JPEG' }) _format: ImageFormat,
    @Info() info: GraphQLResolveInfo,
  ): StoredImage {
    return madeImage(this.#outcome.annotated, info, this.#answering.publisher);
  }

  @Field(() => Model)
  readonly model: Model;

  @Field(() => ImageInfo)
  readonly image: ImageInfo;

  @Field(() => Timing)
  readonly timing: Timing;
}
