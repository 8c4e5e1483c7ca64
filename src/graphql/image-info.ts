import { Field, Int, ObjectType } from 'type-graphql';

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

  @Field(() => String)
  sha256!: string;
}
