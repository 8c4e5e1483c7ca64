import { analyzeImage } from '../../graphql/analyze-image.js';
import { classificationRequest } from '../../graphql/classification.js';
import type { Context } from '../../graphql/services.js';
import type { RestBody } from './rest-body.js';

/** `{"img_class": "Granny Smith"}`: the likeliest class, without its WordNet id. */
export async function classifyImage(
  { image }: RestBody,
  _query: unknown,
  context: Context,
): Promise<{ img_class: string }> {
  const request = classificationRequest({ topK: 1 }, context.services);
  const { classifications } = await analyzeImage({ base64: image }, { classifications: [request] }, context);
  const name = classifications[0]?.labels[0]?.name;
  if (name === undefined) throw new Error('Expected one label of a classification without a least score');
  return { img_class: name };
}
