import { Field, Float, ObjectType } from 'type-graphql';
import type { Region, Size } from '../imaging/picture.js';

@ObjectType({ description: "A box in shares of the picture's width and height." })
export class RelativeBox {
  @Field(() => Float, { description: 'From the left edge, 0..1.' })
  x!: number;

  @Field(() => Float, { description: 'From the top edge, 0..1.' })
  y!: number;

  @Field(() => Float, { description: '0..1.' })
  width!: number;

  @Field(() => Float, { description: '0..1.' })
  height!: number;
}

@ObjectType({
  description: 'Pixels of the image as displayed, and the same as shares of its width and height.',
})
export class BoundingBox {
  @Field(() => Float, { description: 'Pixels from the left edge.' })
  x!: number;

  @Field(() => Float, { description: 'Pixels from the top edge.' })
  y!: number;

  @Field(() => Float, { description: 'Pixels.' })
  width!: number;

  @Field(() => Float, { description: 'Pixels.' })
  height!: number;

  @Field(() => RelativeBox, { description: 'The same, whatever size the picture is shown at.' })
  relative!: RelativeBox;
}

export function boundingBoxOf({ left, top, width, height }: Region, image: Size): BoundingBox {
  const relative = {
    x: left / image.width,
    y: top / image.height,
    width: width / image.width,
    height: height / image.height,
  };
  return { x: left, y: top, width, height, relative };
}
