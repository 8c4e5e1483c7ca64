import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Extensions, Field, Float, ID, Info, Int, ObjectType } from 'type-graphql';
import type { ImageFormat } from '../imaging/picture.js';
import type { DetectionRequest } from '../service/detection.js';
import { OBJECTS } from '../service/ranges.js';
import type { ResultContext } from '../service/result-context.js';
import type { DetectionResult, FoundObject } from '../tasks/detect-objects/detect-objects.js';
import { MODEL, TOP_K, JPEG_UNLESS_GIVEN } from './arguments.js';
import { BoundingBox, boundingBoxOf } from './bounding-box.js';
import { Classification, classificationOf } from './classification.js';
import type { SizeExtensions } from './answer-size.js';
import { asked, imageMade, modelRun, perObject } from './costs.js';
import { objectKey } from './detection-request.js';
import { ImageFormatEnum } from './enums.js';
import { ImageInfo } from './image-info.js';
import { encodedImage } from './encoded-image.js';
import { Model, servingModelOf } from './model.js';
import { StoredImage } from './stored-image.js';
import { Timing, timingOf } from './timing.js';

@ObjectType({ description: 'An object that was found.' })
export class DetectedObject {
  readonly #found: FoundObject;
  readonly #request: DetectionRequest;
  readonly #context: ResultContext;

  constructor(found: FoundObject, request: DetectionRequest, context: ResultContext) {
    this.#found = found;
    this.#request = request;
    this.#context = context;
    this.classIndex = found.classIndex;
    this.label = request.model.labels[found.classIndex]?.name ?? `class ${found.classIndex}`;
    this.score = found.score;
    this.box = boundingBoxOf(found.box, context.image);
  }

  @Field(() => Int, { description: "Index in the model's label list." })
  readonly classIndex: number;

  @Field(() => String, { description: 'What it is.' })
  readonly label: string;

  @Field(() => Float, { description: 'How sure the model is, 0..1.' })
  readonly score: number;

  @Field(() => BoundingBox, { description: 'Where it is.' })
  readonly box: BoundingBox;

  @Field(() => StoredImage, {
    description: 'The part of the picture that the box holds.',
    complexity: imageMade,
  })
  crop(
    @Arg('format', () => ImageFormatEnum, JPEG_UNLESS_GIVEN) _format: ImageFormat,
    @Info() info: GraphQLResolveInfo,
  ): StoredImage {
    return encodedImage(this.#found.crops, info, this.#context.publisher, keyOf(info));
  }

  @Field(() => Classification, {
    complexity: modelRun,
    description: "Runs the classifier on this object's crop.",
  })
  classification(
    @Arg('topK', () => Int, TOP_K) _topK: number,
    @Arg('model', () => ID, MODEL) _model: string | null,
    @Info() info: GraphQLResolveInfo,
  ): Classification {
    const key = keyOf(info);
    const outcome = this.#found.classifications[key];
    const request = this.#request.classifications.get(key);
    if (!outcome || !request) throw new Error(`No classification was made for ${info.path.key}`);
    return classificationOf(outcome, request, this.#context);
  }
}

/** The path of a field of an object is the list's name, the object's number, and its own name. */
function keyOf({ path }: GraphQLResolveInfo): string {
  return objectKey(path.prev?.prev?.key ?? '', path.key);
}

@ObjectType({ description: 'Which objects are where.' })
export class ObjectDetection {
  readonly #outcome: DetectionResult;
  readonly #context: ResultContext;

  constructor(outcome: DetectionResult, request: DetectionRequest, context: ResultContext) {
    const { model } = request;
    this.#outcome = outcome;
    this.#context = context;
    this.objects = outcome.objects.map((found) => new DetectedObject(found, request, context));
    this.model = servingModelOf(model);
    this.image = context.image;
    this.timing = timingOf(context.times, outcome.times);
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
    @Arg('format', () => ImageFormatEnum, JPEG_UNLESS_GIVEN) _format: ImageFormat,
    @Info() info: GraphQLResolveInfo,
  ): StoredImage {
    return encodedImage(this.#outcome.annotated, info, this.#context.publisher);
  }

  @Field(() => Model, { description: 'The model that answered.' })
  readonly model: Model;

  @Field(() => ImageInfo, { description: 'The picture that was looked at.' })
  readonly image: ImageInfo;

  @Field(() => Timing, { description: 'Where the time went.' })
  readonly timing: Timing;
}
