import type { FileUpload } from 'graphql-upload-ts';
import { Field, InputType } from 'type-graphql';
import { Upload, Url } from './scalars.js';

@InputType({ description: 'An image, given in exactly one way.' })
export class ImageInput {
  @Field(() => Upload, { nullable: true, description: 'A file of a GraphQL multipart request.' })
  upload?: Promise<FileUpload> | null;

  @Field(() => Url, {
    nullable: true,
    description:
      'An http(s) address; the service downloads it, within its limits and never from a private network.',
  })
  url?: URL | null;

  @Field(() => String, {
    nullable: true,
    description: 'The bytes of an image file in base64, with or without a data: prefix.',
  })
  base64?: string | null;
}
