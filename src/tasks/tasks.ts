/** The one table of tasks. Plans, their costs and results, what is kept warm and the API's enum derive from it. */
import { TASKS, type Task } from '../convert/parsers/parsers.js';
import { classification } from './classify/classify.js';
import { objectDetection } from './detect-objects/detect-objects.js';
import { isJobTask, type JobTaskName } from './job-tasks.js';
import { roadSegmentation } from './segment-road/segment-road.js';
import { superResolution } from './super-resolve/super-resolve.js';
import type { AnalysisTask, JobTask, ModelPlan } from './task.js';

/** The tasks that an image is analyzed for at once. */
export type AnalysisTaskName = Exclude<Task, JobTaskName>;

export const TASK_DEFINITIONS = {
  CLASSIFY: classification,
  SEGMENT_ROAD: roadSegmentation,
  DETECT_OBJECTS: objectDetection,
  SUPER_RESOLVE: superResolution,
} satisfies Record<AnalysisTaskName, AnalysisTask<never, unknown>> & Record<JobTaskName, JobTask>;

type Run<T extends AnalysisTaskName> = (typeof TASK_DEFINITIONS)[T]['run'];

/** What to compute on one image: every result that a request selects and nothing else. */
export type AnalysisPlan = { readonly [T in AnalysisTaskName]: readonly Parameters<Run<T>>[2][] };

/** What came of a plan, in the plan's order. */
export type ResultsByTask = { readonly [T in AnalysisTaskName]: readonly Awaited<ReturnType<Run<T>>>[] };

export const ANALYSIS_TASKS = TASKS.filter((task) => !isJobTask(task));
export const JOB_TASKS = TASKS.filter((task) => isJobTask(task));

/** A task, as far as it does not matter which. The table ties it to its own plans, which this type does not show. */
export function analysisTask(task: AnalysisTaskName): AnalysisTask<ModelPlan, unknown> {
  return TASK_DEFINITIONS[task];
}

/** A whole plan, of which only some tasks are asked for. */
export function planOf(parts: Partial<AnalysisPlan>): AnalysisPlan {
  const none: Record<string, readonly never[]> = Object.fromEntries(ANALYSIS_TASKS.map((task) => [task, []]));
  return { ...none, ...parts } as AnalysisPlan;
}
