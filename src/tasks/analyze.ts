import { createHash } from 'node:crypto';
import { decode } from '../imaging/codec/decode.js';
import { place } from '../imaging/placement.js';
import type { Size } from '../imaging/picture.js';
import type { Network } from '../imaging/tensor.js';
import { inputSize, type PreparedModel } from '../registry/prepared-model.js';
import { classify } from './classify.js';
import { detectObjects } from './detect-objects.js';
import type { AnalysisOutcome, AnalysisPlan } from './plan.js';
import { segmentRoad } from './segment-road.js';
import type { View } from './view.js';

/**
 * Runs a plan on an image that is decoded exactly once, however much the plan asks for.
 * @param bytes an image file whose header was read and found acceptable
 * @param displayed its size, from that header
 * @param load gives the network of a prepared model
 * @throws CodedError BAD_IMAGE when the file is damaged beyond its header
 */
export async function analyze(
  bytes: Uint8Array,
  displayed: Size,
  plan: AnalysisPlan,
  load: (model: PreparedModel) => Promise<Network>,
): Promise<AnalysisOutcome> {
  const start = performance.now();
  const view: View = { picture: await decode(bytes, workingSize(displayed, plan)), displayed };
  const decodeTime = performance.now() - start;

  const classifications = await inTurn(plan.classifications, async (part) =>
    classify(view, await load(part.model), part),
  );
  const roads = await inTurn(plan.roads, async (part) => segmentRoad(view, await load(part.model), part));
  const detections = await inTurn(plan.detections, async (part) =>
    detectObjects(view, await load(part.model), part, load),
  );
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { classifications, roads, detections, sha256, decode: decodeTime };
}

/**
 * The size to decode to: the whole image where something is drawn on it or cut out of it, else just enough for
 * the largest input that it is scaled into. A photo of 12 megapixels costs a classifier little more than its
 * own decoder's time that way.
 */
export function workingSize(displayed: Size, plan: AnalysisPlan): Size {
  const whole =
    plan.roads.some(({ overlays }) => overlays.length > 0) ||
    plan.detections.some(
      (part) => part.annotated.length + part.crops.length + part.classifications.length > 0,
    );
  if (whole) return displayed;
  const inputs = [...plan.classifications, ...plan.roads, ...plan.detections].map(
    ({ model }) => place(model.input.fit, displayed, inputSize(model)).scaled,
  );
  return {
    width: Math.min(displayed.width, Math.max(1, ...inputs.map(({ width }) => width))),
    height: Math.min(displayed.height, Math.max(1, ...inputs.map(({ height }) => height))),
  };
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
