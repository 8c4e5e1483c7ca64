import { createHash } from 'node:crypto';
import type { Size } from '../imaging/picture.js';
import { decodeCost } from './cost-estimate.js';
import { scalesOf } from './scales.js';
import type { LoadNetwork } from './task.js';
import {
  ANALYSIS_TASKS,
  analysisTask,
  type AnalysisPlan,
  type ResultsByTask,
  type AnalysisTaskName,
} from './tasks.js';
import { openImage, type DecodedImage } from './decoded-image.js';

/** What came of a plan, and the hex SHA-256 of the image file. */
export type AnalysisResult = ResultsByTask & { readonly sha256: string };

/**
 * Runs a plan on an image. The file is decoded once for each scale that the plan needs; each result is what it
 * would be if nothing else were asked for.
 * @param bytes an image file whose header was read and found acceptable
 * @param displayed its size, from that header
 * @throws CodedError BAD_IMAGE when the file is damaged beyond its header
 */
export async function analyze(
  bytes: Uint8Array,
  displayed: Size,
  plan: AnalysisPlan,
  load: LoadNetwork,
): Promise<AnalysisResult> {
  const image = openImage(bytes, displayed);
  // A file of which only facts are asked must be whole, too.
  if (ANALYSIS_TASKS.every((task) => plan[task].length === 0)) await image.at({ width: 1, height: 1 });
  const results: Record<string, unknown[]> = {};
  for (const task of ANALYSIS_TASKS) results[task] = await resultsOf(task, image, plan, load);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  // The table ties each task's results to its name.
  return { ...(results as unknown as ResultsByTask), sha256 };
}

/** One after the other: memory stays that of one. */
async function resultsOf(
  task: AnalysisTaskName,
  image: DecodedImage,
  plan: AnalysisPlan,
  load: LoadNetwork,
): Promise<unknown[]> {
  const definition = analysisTask(task);
  const results: unknown[] = [];
  for (const part of plan[task])
    results.push(await definition.run(image, await load(part.model), part, load));
  return results;
}

/** Estimated milliseconds that a thread will be busy with a plan. */
export function analysisCost(displayed: Size, plan: AnalysisPlan): number {
  const results = ANALYSIS_TASKS.flatMap((task) =>
    plan[task].map((part) => analysisTask(task).cost(part, displayed)),
  );
  const decoding = decodeCost(displayed) * Math.max(1, scalesOf(displayed, plan).length);
  return results.reduce((sum, cost) => sum + cost, decoding);
}
