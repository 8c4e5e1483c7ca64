import { BAKED } from '../../convert/bake/names.js';
import { parserFor } from '../../convert/parsers/parsers.js';
import { encode } from '../../imaging/codec/encode.js';
import { fromInput, wholePixels } from '../../imaging/placement.js';
import type { ChannelOrder, EncodedImage, Picture, Region, Size } from '../../imaging/picture.js';
import { resample } from '../../imaging/resample.js';
import type { Network } from '../../imaging/tensor.js';
import { classify, type ClassificationResult, type ClassificationPlan } from '../classify/classify.js';
import { encodeCost } from '../cost-estimate.js';
import { Stopwatch, type StageTimes } from '../stopwatch.js';
import type { AnalysisTask, ImageRequest, Images, LoadNetwork, ModelPlan } from '../task.js';
import { inputOf, type DecodedImage } from '../decoded-image.js';
import { annotate } from './annotate.js';

export interface DetectionPlan extends ModelPlan {
  /** The model's label list, for the plates on annotated pictures. */
  readonly labels: readonly string[];
  /** 0..1 */
  readonly minScore: number;
  readonly maxObjects: number;
  /** Indices of the labels to keep; null keeps all. */
  readonly classes: readonly number[] | null;
  readonly annotated: readonly (ImageRequest & { readonly channels?: ChannelOrder })[];
  readonly crops: readonly ImageRequest[];
  readonly classifications: readonly (ClassificationPlan & { readonly key: string })[];
}

export interface FoundObject {
  readonly classIndex: number;
  readonly score: number;
  /** Pixels of the image as displayed, with fractions. */
  readonly box: Region;
  readonly crops: Images;
  readonly classifications: Readonly<Record<string, ClassificationResult>>;
}

export interface DetectionResult {
  /** Falling scores. */
  readonly objects: readonly FoundObject[];
  readonly annotated: Images;
  readonly times: StageTimes;
}

type Candidate = Pick<FoundObject, 'classIndex' | 'score' | 'box'>;

/** How many objects a picture holds on average, where a plan wants something made of each. */
const TYPICAL_OBJECTS = 4;

/** Finds objects, and makes of each what the plan asks for. */
export async function detectObjects(
  image: DecodedImage,
  network: Network,
  plan: DetectionPlan,
  load: LoadNetwork,
): Promise<DetectionResult> {
  const watch = new Stopwatch();
  const input = await inputOf(image, plan.model, watch);
  const parser = parserFor('DETECT_OBJECTS', plan.model.output);
  const outputs = await watch.run(network, { [BAKED.pixels]: input.pixels, ...parser.feeds(plan) });
  const candidates = parser
    .decode(outputs)
    .map(({ corners, ...found }) => ({ ...found, box: fromInput(corners, input.placement, image.displayed) }))
    .filter(({ box }) => box.width > 0 && box.height > 0)
    .filter(({ classIndex }) => plan.classes?.includes(classIndex) ?? true)
    .sort((a, b) => b.score - a.score)
    .slice(0, plan.maxObjects);

  // One after the other: an object's crop is small, and memory stays that of one.
  const objects: FoundObject[] = [];
  for (const candidate of candidates) objects.push(await finish(candidate, image, plan, watch, load));
  const annotated = await Promise.all(
    plan.annotated.map(async ({ key, ...wanted }) => {
      const picture = await watch.decode(image.at(image.displayed));
      return [key, await annotate(picture, candidates, plan.labels, wanted)] as const;
    }),
  );
  return { objects, annotated: Object.fromEntries(annotated), times: watch.times };
}

async function finish(
  candidate: Candidate,
  image: DecodedImage,
  plan: DetectionPlan,
  watch: Stopwatch,
  load: LoadNetwork,
): Promise<FoundObject> {
  const region = wholePixels(candidate.box, image.displayed);
  const crops: Record<string, EncodedImage> = {};
  for (const { key, format } of plan.crops) {
    crops[key] = await crop(await watch.decode(image.at(image.displayed)), region, format);
  }
  const classifications: Record<string, FoundObject['classifications'][string]> = {};
  for (const { key, ...wanted } of plan.classifications) {
    classifications[key] = await watch.elsewhere(async () =>
      classify(image, await load(wanted.model), wanted, region),
    );
  }
  return { ...candidate, crops, classifications };
}

function crop(picture: Picture, region: Region, format: ImageRequest['format']): Promise<EncodedImage> {
  const { width, height } = region;
  const frame = { left: 0, top: 0, width, height };
  return encode(resample(picture, { from: region, scaled: { width, height }, frame, pad: 0 }), format);
}

export const objectDetection = {
  description: 'Finds objects and their boxes.',
  run: detectObjects,
  cost: ({ model, annotated, classifications }: DetectionPlan, displayed: Size) =>
    model.cost.run +
    encodeCost(displayed) * annotated.length +
    TYPICAL_OBJECTS * classifications.reduce((sum, part) => sum + part.model.cost.run, 0),
  needsWholeImage: ({ annotated, crops, classifications }: DetectionPlan) =>
    annotated.length + crops.length + classifications.length > 0,
} satisfies AnalysisTask<DetectionPlan, DetectionResult>;
