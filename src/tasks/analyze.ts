import { createHash } from 'node:crypto';
import type { Size } from '../imaging/picture.js';
import type { Network } from '../imaging/tensor.js';
import type { PreparedModel } from '../registry/prepared-model.js';
import { classify } from './classify.js';
import { detectObjects } from './detect-objects.js';
import type { AnalysisOutcome, AnalysisPlan } from './plan.js';
import { segmentRoad } from './segment-road.js';
import { openView } from './view.js';

/**
 * Runs a plan on an image. The file is decoded once for each scale that the plan needs; each result is what it
 * would be if nothing else were asked for.
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
  const view = openView(bytes, displayed);
  // A file of which only facts are asked must be whole, too.
  if (isEmpty(plan)) await view.at({ width: 1, height: 1 });
  const classifications = await inTurn(plan.classifications, async (part) =>
    classify(view, await load(part.model), part),
  );
  const roads = await inTurn(plan.roads, async (part) => segmentRoad(view, await load(part.model), part));
  const detections = await inTurn(plan.detections, async (part) =>
    detectObjects(view, await load(part.model), part, load),
  );
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { classifications, roads, detections, sha256 };
}

function isEmpty({ classifications, roads, detections }: AnalysisPlan): boolean {
  return classifications.length + roads.length + detections.length === 0;
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
