import { analyzeImage } from '../../service/analyze-image.js';
import { classificationRequest, namedLabels } from '../../service/classification.js';
import type { Context } from '../../service/services.js';
import type { RestBody } from './rest-body.js';

/** `{"img_class": "Granny Smith"}`: the likeliest class, without its WordNet id. */
export async function classifyImage(
  { image }: RestBody,
  _query: unknown,
  context: Context,
): Promise<{ img_class: string }> {
  const { model, plan } = classificationRequest({ topK: 1 }, context.services);
  const { outcome } = await analyzeImage({ base64: image }, { CLASSIFY: [plan] }, context);
  const [label] = outcome.CLASSIFY.flatMap((result) => namedLabels(result, model));
  if (label === undefined) throw new Error('Expected one label of a classification without a least score');
  return { img_class: label.name };
}
