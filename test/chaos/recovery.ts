import type { ProcessRun } from './process-pool.js';
import type { Told } from './process-log.js';
import { isTerminal, type Sighting } from './watch.js';

/** A task of the queue that a process had in hand when it was killed. */
export interface Recovery {
  readonly jobId: string;
  readonly task: string;
  /**
   * Whether somebody took it up again. If nobody did and its job was completed all the same, it had ended on the
   * queue, and only its process's word for it was lost.
   */
  readonly takenUp: boolean;
  /** From the kill until it was taken up again, or else until its job's next sign of life; Infinity: never. */
  readonly seconds: number;
}

/** What subscribers saw of each job. */
export type Sightings = ReadonlyMap<string, readonly Sighting[]>;

export interface Kill {
  readonly at: number;
  readonly place: string;
  readonly pid: number;
  /** Whether it had come so far as to take jobs. */
  readonly ready: boolean;
  readonly recoveries: readonly Recovery[];
}

/** All kills in their order, with what became of the tasks that were in hand. */
export function killsOf(processRuns: readonly ProcessRun[], sightings: Sightings): Kill[] {
  const told = processRuns.flatMap((processRun) => processRun.told);
  return processRuns
    .flatMap(({ killedAt, place, pid, ready, told: own }) =>
      killedAt === undefined
        ? []
        : [
            {
              at: killedAt,
              place,
              pid,
              ready,
              recoveries: active(own).map((task) => recoveryOf(task, killedAt, told, sightings)),
            },
          ],
    )
    .sort((a, b) => a.at - b.at);
}

type ActiveTask = Pick<Recovery, 'jobId' | 'task'>;

/** What a process had taken and not left when it told its last. */
function active(told: readonly Told[]): ActiveTask[] {
  const tasks = new Map<string, string>();
  for (const { what, jobId, task } of told) {
    if (task === undefined) continue;
    if (what === 'task taken') tasks.set(task, jobId);
    if (what === 'task left') tasks.delete(task);
  }
  return Array.from(tasks, ([task, jobId]) => ({ task, jobId }));
}

function recoveryOf(
  { jobId, task }: ActiveTask,
  killedAt: number,
  told: readonly Told[],
  sightings: Sightings,
): Recovery {
  const later = told.filter((line) => line.jobId === jobId && line.at > killedAt);
  const taken = later.filter((line) => line.what === 'task taken' && line.task === task);
  const seen = (sightings.get(jobId) ?? []).filter(({ at, status }) => at > killedAt || isTerminal(status));
  const next = Math.min(...(taken.length > 0 ? taken : [...later, ...seen]).map(({ at }) => at));
  return { jobId, task, takenUp: taken.length > 0, seconds: Math.max(0, next - killedAt) / 1000 };
}
