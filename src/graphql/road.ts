import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Extensions, Field, Float, Info, Int, ObjectType } from 'type-graphql';
import { pixelsOf, type ImageFormat } from '../imaging/picture.js';
import { ROAD_CLASSES, type RoadClass } from '../imaging/road-classes.js';
import type { ResultContext } from '../service/result-context.js';
import { roadRequest, type RoadArgs, type RoadRequest } from '../service/road.js';
import type { Services } from '../service/services.js';
import type { RoadResult } from '../tasks/segment-road/segment-road.js';
import { JPEG_UNLESS_GIVEN, PNG_UNLESS_GIVEN, OPACITY } from './arguments.js';
import type { SizeExtensions } from './answer-size.js';
import { imageMade } from './costs.js';
import { ImageFormatEnum, RoadClassEnum } from './enums.js';
import { ImageInfo } from './image-info.js';
import { encodedImage } from './encoded-image.js';
import { Model, servingModelOf } from './model.js';
import type { Selection } from './selection.js';
import { StoredImage } from './stored-image.js';
import { Timing, timingOf } from './timing.js';

@ObjectType({ description: 'How much of a picture belongs to one class.' })
export class RoadArea {
  @Field(() => RoadClassEnum, { description: 'The class.' })
  class!: RoadClass;

  @Field(() => Float, { description: "Share of the image's pixels, 0..1." })
  fraction!: number;

  @Field(() => Int, { description: 'Pixels of the picture as displayed.' })
  pixels!: number;
}

@ObjectType({ description: 'Where the road is.' })
export class RoadSegmentation {
  readonly #outcome: RoadResult;
  readonly #context: ResultContext;

  constructor(outcome: RoadResult, { model }: RoadRequest, context: ResultContext) {
    this.#outcome = outcome;
    this.#context = context;
    this.model = servingModelOf(model);
    this.image = context.image;
    this.timing = timingOf(context.times, outcome.times);
    const all = pixelsOf(context.image);
    this.areas = outcome.areas.flatMap(({ class: index, pixels }) => {
      const name = ROAD_CLASSES[index];
      return name ? [{ class: name, fraction: pixels / all, pixels }] : [];
    });
  }

  @Extensions({ items: () => ROAD_CLASSES.length } satisfies SizeExtensions)
  @Field(() => [RoadArea], { description: 'One area for each class that the model tells apart.' })
  readonly areas: RoadArea[];

  @Field(() => StoredImage, {
    complexity: imageMade,
    description:
      "One channel; a pixel's value is its class: 0 background, 1 road, 2 curb, 3 mark. Size of the input image as displayed.",
  })
  mask(
    @Arg('format', () => ImageFormatEnum, PNG_UNLESS_GIVEN) _format: ImageFormat,
    @Info() info: GraphQLResolveInfo,
  ): StoredImage {
    return encodedImage(this.#outcome.masks, info, this.#context.publisher);
  }

  @Field(() => StoredImage, {
    complexity: imageMade,
    description: 'The input with the classes painted over it.',
  })
  overlay(
    @Arg('format', () => ImageFormatEnum, JPEG_UNLESS_GIVEN) _format: ImageFormat,
    @Arg('opacity', () => Float, OPACITY) _opacity: number,
    @Info() info: GraphQLResolveInfo,
  ): StoredImage {
    return encodedImage(this.#outcome.overlays, info, this.#context.publisher);
  }

  @Field(() => Model, { description: 'The model that answered.' })
  readonly model: Model;

  @Field(() => ImageInfo, { description: 'The picture that was looked at.' })
  readonly image: ImageInfo;

  @Field(() => Timing, { description: 'Where the time went.' })
  readonly timing: Timing;
}

/**
 * What a query asks of a segmentation: the images that it selects are the parts of the plan.
 * @throws CodedError for arguments out of range and models that cannot be used
 */
export function selectedRoad(
  { model }: Pick<RoadArgs, 'model'>,
  selection: Selection,
  services: Services,
): RoadRequest {
  const opacities = selection.all('overlay').map(({ args }) => args['opacity']);
  const overlays = selection
    .images('overlay', 'JPEG')
    .map((order, index) => ({ ...order, opacity: opacities[index] }));
  return roadRequest({ model, masks: selection.images('mask', 'PNG'), overlays }, services);
}
