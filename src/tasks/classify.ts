import { BAKED } from '../convert/bake/names.js';
import { parserFor } from '../convert/parsers/parsers.js';
import type { Network } from '../imaging/tensor.js';
import type { Region } from '../imaging/picture.js';
import type { ClassificationOutcome, ClassificationPlan } from './plan.js';
import { Stopwatch } from './stopwatch.js';
import { inputOf, type View } from './view.js';

/**
 * Names what is in a picture.
 * @param plan `topK` must not exceed the number of labels that the model knows
 * @param region classifies only this part, in displayed pixels
 */
export async function classify(
  view: View,
  network: Network,
  { model, topK, minScore }: ClassificationPlan,
  region?: Region,
): Promise<ClassificationOutcome> {
  const watch = new Stopwatch();
  const { pixels } = await inputOf(view, model, watch, region);
  const parser = parserFor('CLASSIFY', model.output);
  const outputs = await watch.run(network, { [BAKED.pixels]: pixels, ...parser.feeds({ topK }) });
  const labels = parser.decode(outputs);
  return { labels: labels.filter(({ score }) => score >= minScore), times: watch.times };
}
