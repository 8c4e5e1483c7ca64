import type { GraphQLResolveInfo } from 'graphql';
import { Extensions, Field, Info, Int, ObjectType } from 'type-graphql';
import { CodedError } from '../errors.js';
import { base64Of, MAX_BASE64_BYTES } from '../service/base64.js';
import type { ImageFile } from '../service/image-file.js';
import type { SizeExtensions } from './answer-size.js';
import { takeBase64 } from './base64-budget.js';
import { COST } from '../service/costs.js';
import { DateTime, Url } from './scalars.js';
import { bytesInWords } from '../size-words.js';

@ObjectType({
  description:
    'An image made by the service. It is computed, encoded and stored only when a query selects it.',
})
export class StoredImage {
  readonly #source: ImageFile;

  constructor(source: ImageFile) {
    this.#source = source;
    this.mediaType = source.mediaType;
    this.width = source.width;
    this.height = source.height;
    this.bytes = source.byteLength;
  }

  @Extensions({ bytes: 300 } satisfies SizeExtensions)
  @Field(() => Url, { description: 'A signed address, valid until expiresAt.' })
  async url(): Promise<URL> {
    return (await this.#source.published()).url;
  }

  @Field(() => DateTime, { description: 'Until when url works.' })
  async expiresAt(): Promise<Date> {
    return (await this.#source.published()).expiresAt;
  }

  @Field(() => String, { description: 'Like image/png.' })
  readonly mediaType: string;

  @Field(() => Int, { description: 'Pixels.' })
  readonly width: number;

  @Field(() => Int, { description: 'Pixels.' })
  readonly height: number;

  @Field(() => Int, { description: 'The size of its file.' })
  readonly bytes: number;

  // The images of one answer have a limit of their own.
  @Extensions({ bytes: 0 } satisfies SizeExtensions)
  @Field(() => String, {
    complexity: COST.base64,
    description: 'The bytes themselves; larger images come by url only.',
  })
  async base64(@Info() info: GraphQLResolveInfo): Promise<string> {
    if (this.bytes > MAX_BASE64_BYTES) {
      throw new CodedError(
        'IMAGE_TOO_LARGE',
        `The image has ${bytesInWords(this.bytes, Math.ceil)}, and at most ${bytesInWords(MAX_BASE64_BYTES)} are sent as base64. Select its url instead.`,
        { facts: { maxBytes: MAX_BASE64_BYTES } },
      );
    }
    takeBase64(info, this.bytes);
    return base64Of(await this.#source.bytes());
  }
}
