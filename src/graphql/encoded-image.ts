import type { GraphQLResolveInfo } from 'graphql';
import { freshImage } from '../service/image-file.js';
import type { Publisher } from '../service/publisher.js';
import type { Images } from '../tasks/task.js';
import { StoredImage } from './stored-image.js';

/**
 * The image that was made for the field being resolved.
 * @param key the one of its order: the field's name in the answer unless said
 */
export function encodedImage(
  images: Images,
  info: GraphQLResolveInfo,
  publisher: Publisher,
  key: string | number = info.path.key,
): StoredImage {
  const image = images[key];
  if (!image) throw new Error(`No image was made for ${info.parentType.name}.${info.path.key}`);
  return new StoredImage(freshImage(image, publisher));
}
