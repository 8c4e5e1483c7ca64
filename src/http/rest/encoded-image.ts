import { base64Of } from '../../service/base64.js';
import type { ChannelOrder, EncodedImage } from '../../imaging/picture.js';

/**
 * The earlier service converted its pictures to RGB and then had OpenCV write them, which takes what it is given for
 * BGR. Its clients read them with OpenCV and hold RGB in their hands, so that they get the same files here.
 */
export const CHANNELS_OF_CLIENTS: ChannelOrder = 'BGR';

/** The file of an image that was ordered, as it is sent. */
export function inBase64(image: EncodedImage | undefined): string {
  if (image === undefined) throw new Error('Expected an image that the plan has ordered');
  return base64Of(image.bytes);
}
