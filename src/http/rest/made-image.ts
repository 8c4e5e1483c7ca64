import { base64Of } from '../../graphql/base64.js';
import type { EncodedImage } from '../../imaging/picture.js';

/** The file of an image that was ordered, as it is sent. */
export function inBase64(image: EncodedImage | undefined): string {
  if (image === undefined) throw new Error('Expected an image that the plan has ordered');
  return base64Of(image.bytes);
}
