import { Ctx, Extensions, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { FILE_FORMATS } from '../imaging/codec/recognise.js';
import type { SizeExtensions } from './answer-size.js';
import type { Context } from '../service/services.js';

/** The most that an Int can say. */
const MAX = 2 ** 31 - 1;

@ObjectType({ description: 'What the service accepts, so that clients can tell before they send.' })
export class Limits {
  @Field(() => Int, { description: 'Bytes of an image file.' })
  uploadBytes!: number;

  @Field(() => Int, { description: 'Pixels of an image: its width times its height.' })
  imagePixels!: number;

  @Field(() => Int, { description: 'Pixels of an image that is to be enlarged.' })
  superResolutionPixels!: number;

  @Extensions({ items: () => FILE_FORMATS.length } satisfies SizeExtensions)
  @Field(() => [String], {
    description: 'The formats that are read, as `format` of ImageInfo names them: `jpeg` for one.',
  })
  formats!: string[];
}

@Resolver()
export class LimitsResolver {
  @Query(() => Limits, { description: 'What the service accepts.' })
  limits(@Ctx() { services }: Context): Limits {
    const { uploadBytes, imagePixels, superResolutionPixels } = services.limits;
    return {
      uploadBytes: Math.min(uploadBytes, MAX),
      imagePixels: Math.min(imagePixels, MAX),
      superResolutionPixels: Math.min(superResolutionPixels, imagePixels, MAX),
      formats: [...FILE_FORMATS],
    };
  }
}
