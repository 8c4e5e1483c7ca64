import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Extensions, Field, Float, Info, Int, ObjectType } from 'type-graphql';
import { pixelsOf, type ImageFormat } from '../imaging/picture.js';
import { ROAD_CLASSES, type RoadClass } from '../imaging/road-classes.js';
import type { ReadyModel } from '../registry/catalog.js';
import type { RoadOutcome, RoadPlan } from '../tasks/segment-road/segment-road.js';
import { JPEG_UNLESS_GIVEN, PNG_UNLESS_GIVEN, OPACITY } from './arguments.js';
import type { SizeExtensions } from './answer-size.js';
import type { Answering } from './answering.js';
import { imageMade } from './costs.js';
import { ImageFormatEnum, RoadClassEnum } from './enums.js';
import { ImageInfo } from './image-info.js';
import { madeImage } from './made-image.js';
import { Model, servingModelOf } from './model.js';
import { within } from './ranges.js';
import type { Selection } from './selection.js';
import type { Services } from './services.js';
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
  readonly #outcome: RoadOutcome;
  readonly #answering: Answering;

  constructor(outcome: RoadOutcome, { model }: RoadRequest, answering: Answering) {
    this.#outcome = outcome;
    this.#answering = answering;
    this.model = servingModelOf(model);
    this.image = answering.image;
    this.timing = timingOf(answering.times, outcome.times);
    const all = pixelsOf(answering.image);
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
    return madeImage(this.#outcome.masks, info, this.#answering.publisher);
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
    return madeImage(this.#outcome.overlays, info, this.#answering.publisher);
  }

  @Field(() => Model, { description: 'The model that answered.' })
  readonly model: Model;

  @Field(() => ImageInfo, { description: 'The picture that was looked at.' })
  readonly image: ImageInfo;

  @Field(() => Timing, { description: 'Where the time went.' })
  readonly timing: Timing;
}

export interface RoadRequest {
  readonly model: ReadyModel;
  readonly plan: RoadPlan;
}

/** @throws CodedError for arguments out of range and models that cannot be used */
export function roadRequest(
  args: { model?: unknown },
  selection: Selection,
  { catalog }: Services,
): RoadRequest {
  const model = catalog.resolve('SEGMENT_ROAD', args.model as string | null | undefined);
  const overlays = selection.images('overlay', 'JPEG').map((order, index) => {
    const opacity = within('opacity', selection.all('overlay')[index]?.args['opacity'], [0, 1], 0.5);
    return { ...order, opacity };
  });
  return { model, plan: { model: model.prepared, masks: selection.images('mask', 'PNG'), overlays } };
}
