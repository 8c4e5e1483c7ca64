import { Extensions, Field, Int, ObjectType } from 'type-graphql';
import type { SizeExtensions } from './answer-size.js';

@ObjectType()
export class ImageInfo {
  @Field(() => Int, { description: 'Pixels, as displayed: after the EXIF orientation is applied.' })
  width!: number;

  @Field(() => Int)
  height!: number;

  @Field(() => String)
  format!: string;

  @Field(() => Int)
  bytes!: number;

  @Extensions({ bytes: 70 } satisfies SizeExtensions)
  @Field(() => String)
  sha256!: string;
}
