import type { GraphQLResolveInfo } from 'graphql';
import type { Images } from '../tasks/task.js';
import type { Publisher } from './publisher.js';
import { freshImage, type StoredImage } from './stored-image.js';

/**
 * The image that was made for the field being resolved.
 * @param key the one of its order: the field's name in the answer unless said
 */
export function madeImage(
  images: Images,
  info: GraphQLResolveInfo,
  publisher: Publisher,
  key: string | number = info.path.key,
): StoredImage {
  const image = images[key];
  if (!image) throw new Error(`No image was made for ${info.parentType.name}.${info.path.key}`);
  return freshImage(image, publisher);
}
