import { createHash } from 'node:crypto';
import type { Size } from '../imaging/picture.js';
import { decodeWork } from './cost-estimate.js';
import { scalesOf } from './scales.js';
import type { LoadNetwork } from './task.js';
import {
  ANALYSIS_TASKS,
  analysisTask,
  type AnalysisPlan,
  type AnalysisResults,
  type AnalysisTaskName,
} from './tasks.js';
import { openView, type View } from './view.js';

/** What came of a plan, and the hex SHA-256 of the image file. */
export type AnalysisOutcome = AnalysisResults & { readonly sha256: string };

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
): Promise<AnalysisOutcome> {
  const view = openView(bytes, displayed);
  // A file of which only facts are asked must be whole, too.
  if (ANALYSIS_TASKS.every((task) => plan[task].length === 0)) await view.at({ width: 1, height: 1 });
  const results: Record<string, unknown[]> = {};
  for (const task of ANALYSIS_TASKS) results[task] = await resultsOf(task, view, plan, load);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  // The table ties each task's results to its name.
  return { ...(results as unknown as AnalysisResults), sha256 };
}

/** One after the other: memory stays that of one. */
async function resultsOf(
  task: AnalysisTaskName,
  view: View,
  plan: AnalysisPlan,
  load: LoadNetwork,
): Promise<unknown[]> {
  const definition = analysisTask(task);
  const results: unknown[] = [];
  for (const part of plan[task]) results.push(await definition.run(view, await load(part.model), part, load));
  return results;
}

/** Estimated milliseconds that a thread will be busy with a plan. */
export function analysisWork(displayed: Size, plan: AnalysisPlan): number {
  const results = ANALYSIS_TASKS.flatMap((task) =>
    plan[task].map((part) => analysisTask(task).cost(part, displayed)),
  );
  const decoding = decodeWork(displayed) * Math.max(1, scalesOf(displayed, plan).length);
  return results.reduce((sum, cost) => sum + cost, decoding);
}
