import { Extensions, Field, Int, ObjectType } from 'type-graphql';
import type { SizeExtensions } from './answer-size.js';

@ObjectType({ description: 'A picture as it came.' })
export class ImageInfo {
  @Field(() => Int, { description: 'Pixels, as displayed: after the EXIF orientation is applied.' })
  width!: number;

  @Field(() => Int, { description: 'Pixels, as displayed: after the EXIF orientation is applied.' })
  height!: number;

  @Field(() => String, { description: 'Its file format in lower case, like jpeg.' })
  format!: string;

  @Field(() => Int, { description: 'The size of its file.' })
  bytes!: number;

  @Extensions({ bytes: 70 } satisfies SizeExtensions)
  @Field(() => String, { description: 'The SHA-256 of its file, in lower-case hex.' })
  sha256!: string;
}
