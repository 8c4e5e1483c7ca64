import { BAKED } from '../convert/bake/names.js';
import { int64s, take, type Network } from '../imaging/tensor.js';
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
  const outputs = await watch.run(network, { [BAKED.pixels]: pixels, [BAKED.k]: int64s(topK) });
  const scores = take(outputs, BAKED.scores, 'float32').data;
  const indices = take(outputs, BAKED.indices, 'int32').data;
  const labels = Array.from(scores, (score, rank) => ({ index: indices[rank] ?? 0, score }));
  return { labels: labels.filter(({ score }) => score >= minScore), times: watch.times };
}
