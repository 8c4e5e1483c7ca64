import { BAKED } from '../../convert/bake/names.js';
import { parserFor } from '../../convert/parsers/parsers.js';
import type { Region } from '../../imaging/picture.js';
import type { Network } from '../../imaging/tensor.js';
import { Stopwatch, type StageTimes } from '../stopwatch.js';
import type { AnalysisTask, ModelPlan } from '../task.js';
import { inputOf, type DecodedImage } from '../decoded-image.js';

export interface ClassificationPlan extends ModelPlan {
  readonly topK: number;
  /** 0..1; labels with less are left out. */
  readonly minScore: number;
}

export interface ClassificationResult {
  /** Falling scores. */
  readonly labels: readonly { readonly index: number; readonly score: number }[];
  readonly times: StageTimes;
}

/**
 * Names what is in a picture.
 * @param plan `topK` must not exceed the number of labels that the model knows
 * @param region classifies only this part, in displayed pixels
 */
export async function classify(
  image: DecodedImage,
  network: Network,
  { model, topK, minScore }: ClassificationPlan,
  region?: Region,
): Promise<ClassificationResult> {
  const watch = new Stopwatch();
  const { pixels } = await inputOf(image, model, watch, region);
  const parser = parserFor('CLASSIFY', model.output);
  const outputs = await watch.run(network, { [BAKED.pixels]: pixels, ...parser.feeds({ topK }) });
  const labels = parser.decode(outputs);
  return { labels: labels.filter(({ score }) => score >= minScore), times: watch.times };
}

export const classification = {
  description: 'Says what a picture shows.',
  run: (image: DecodedImage, network: Network, plan: ClassificationPlan) => classify(image, network, plan),
  cost: ({ model }: ClassificationPlan) => model.cost.run,
  needsWholeImage: () => false,
} satisfies AnalysisTask<ClassificationPlan, ClassificationResult>;
