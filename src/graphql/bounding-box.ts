import { Field, Float, ObjectType } from 'type-graphql';
import type { Region, Size } from '../imaging/picture.js';

@ObjectType()
export class RelativeBox {
  @Field(() => Float)
  x!: number;

  @Field(() => Float)
  y!: number;

  @Field(() => Float)
  width!: number;

  @Field(() => Float)
  height!: number;
}

@ObjectType({
  description: 'Pixels of the image as displayed, and the same as shares of its width and height.',
})
export class BoundingBox {
  @Field(() => Float)
  x!: number;

  @Field(() => Float)
  y!: number;

  @Field(() => Float)
  width!: number;

  @Field(() => Float)
  height!: number;

  @Field(() => RelativeBox)
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
