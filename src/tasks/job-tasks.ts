import type { Task } from '../convert/parsers/parsers.js';

/** The tasks that take so long that they are done in a job; the others are answered at once. */
const JOB_TASKS = ['SUPER_RESOLVE'] as const satisfies readonly Task[];
export type JobTaskName = (typeof JOB_TASKS)[number];

export function isJobTask(task: Task): task is JobTaskName {
  return (JOB_TASKS as readonly Task[]).includes(task);
}
