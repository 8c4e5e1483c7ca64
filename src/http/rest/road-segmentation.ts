import { receiveImage } from '../../graphql/image-source.js';
import { runPlan } from '../../graphql/run-plan.js';
import type { Context } from '../../graphql/services.js';
import { inBase64 } from './made-image.js';
import type { RestBody } from './rest-body.js';

/** What the earlier service's network put out, whatever the picture's own size. */
const MASK = { width: 896, height: 512 };

/** `{"seg_image": <base64>}`: a PNG of 896x512 with a class number a pixel: 0 background, 1 road, 2 curb, 3 mark. */
export async function roadSegmentation(
  { image }: RestBody,
  _query: unknown,
  context: Context,
): Promise<{ seg_image: string }> {
  const model = context.services.catalog.resolve('SEGMENT_ROAD', null).prepared;
  const received = await receiveImage({ base64: image }, context);
  const road = { model, masks: [{ key: 'mask', format: 'PNG' as const }], overlays: [] };
  const { result } = await runPlan(received, { SEGMENT_ROAD: [road] }, context, MASK);
  return { seg_image: inBase64(result.SEGMENT_ROAD[0]?.masks['mask']) };
}
