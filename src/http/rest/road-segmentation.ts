import { analyzeImage } from '../../service/analyze-image.js';
import { roadRequest } from '../../service/road.js';
import type { Context } from '../../service/services.js';
import { inBase64 } from './encoded-image.js';
import type { RestBody } from './rest-body.js';

/** What the earlier service's network put out, whatever the picture's own size. */
const MASK = { width: 896, height: 512 };

/** `{"seg_image": <base64>}`: a PNG of 896x512 with a class number a pixel: 0 background, 1 road, 2 curb, 3 mark. */
export async function roadSegmentation(
  { image }: RestBody,
  _query: unknown,
  context: Context,
): Promise<{ seg_image: string }> {
  const { plan } = roadRequest({ masks: [{ key: 'mask', format: 'PNG' }] }, context.services);
  const { outcome } = await analyzeImage({ base64: image }, { SEGMENT_ROAD: [plan] }, context, MASK);
  return { seg_image: inBase64(outcome.SEGMENT_ROAD[0]?.masks['mask']) };
}
