import type { Told } from './process-log.js';
import { killsOf, type Kill } from './recovery.js';
import type { JobRecord, RunRecord } from './run.js';
import { isTerminal } from './watch.js';

/** Whoever was in a killed process's hands is in others' within this time. */
export const RECOVERY_LIMIT_S = 60;

/** Something that has to hold, with everything that broke it. */
export interface Promised {
  readonly claim: string;
  readonly breaches: readonly string[];
}

/** What was counted in one run. */
export interface Counts {
  readonly seconds: number;
  readonly jobs: number;
  readonly completed: number;
  /** Tasks that were taken up again because the last who had them in hand was lost or failed. */
  readonly retries: number;
  readonly failures: number;
  readonly tilesDone: number;
  /** Tiles that were computed although they had been before. */
  readonly tilesRepeated: number;
  /** Connections of subscribers beyond the first. */
  readonly reconnections: number;
}

export interface Findings {
  readonly quiet: Counts;
  readonly chaos: Counts;
  /** When the run under attack began, and the queue's server was restarted in it, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly outages: readonly number[];
  readonly kills: readonly Kill[];
  readonly promises: readonly Promised[];
}

/** Holds a run under attack against a quiet run of the same jobs. */
export function findingsOf(quiet: RunRecord, chaos: RunRecord): Findings {
  const kills = killsOf(chaos.processRuns, new Map(chaos.jobs.map(({ id, watch }) => [id, watch.sightings])));
  return {
    quiet: countsOf(quiet),
    chaos: countsOf(chaos),
    startedAt: chaos.startedAt,
    outages: chaos.outages,
    kills,
    promises: [
      ...promisesOf('in the quiet run', quiet),
      ...promisesOf('under attack', chaos),
      sameOutputs(quiet, chaos),
      recovered(kills),
    ],
  };
}

function promisesOf(when: string, { jobs, processRuns }: RunRecord): Promised[] {
  const breaches = (find: (job: JobRecord) => string | undefined) =>
    jobs.flatMap((job) => {
      const breach = find(job);
      return breach === undefined ? [] : [`${job.id}: ${breach}`];
    });
  return [
    {
      claim: `every job is completed ${when}`,
      breaches: breaches(({ later }) => {
        if (later?.status === 'COMPLETED') return undefined;
        return later === null ? 'lost' : `${later.status} ${JSON.stringify(later.error)}`;
      }),
    },
    {
      claim: `every subscriber sees one last state and then the end ${when}`,
      breaches: breaches(({ watch }) => {
        const last = watch.sightings.filter(({ status }) => isTerminal(status)).map(({ status }) => status);
        if (watch.ended && watch.faults.length === 0 && last.length === 1) return undefined;
        return `${watch.ended ? 'ended' : 'left hanging'}, last states ${JSON.stringify(last)}, ${watch.faults.join('; ')}`;
      }),
    },
    {
      claim: `no job changes after its end ${when}`,
      breaches: breaches(({ atEnd, later }) => {
        const [before, after] = [JSON.stringify(stateOf(atEnd)), JSON.stringify(stateOf(later))];
        return before === after ? undefined : `${before}, then ${after}`;
      }),
    },
    {
      claim: `no job is completed twice ${when}`,
      breaches: twiceCompleted({ processRuns }),
    },
    {
      claim: `no process ends by itself once it is ready ${when}`,
      breaches: processRuns.flatMap(({ place, pid, ready, endedItself }) =>
        ready && endedItself !== undefined ? [`${place} (${pid}) ended with ${endedItself}`] : [],
      ),
    },
  ];
}

function stateOf(job: JobRecord['later']) {
  return job && { status: job.status, finishedAt: job.finishedAt };
}

/** As the processes told it: the queue took a task's result from somebody more than once. */
function twiceCompleted({ processRuns }: Pick<RunRecord, 'processRuns'>): string[] {
  const times = new Map<string, number>();
  for (const { what, task } of processRuns.flatMap(({ told }) => told)) {
    if (what === 'task completed' && task !== undefined) times.set(task, (times.get(task) ?? 0) + 1);
  }
  return [...times].filter(([, count]) => count > 1).map(([task, count]) => `${task}: ${count} times`);
}

function sameOutputs(quiet: RunRecord, chaos: RunRecord): Promised {
  const expected = new Map(quiet.jobs.map(({ id, output }) => [id, output]));
  return {
    claim: 'every output is, byte for byte, the one of the quiet run',
    breaches: chaos.jobs
      .filter(({ id, output }) => output === null || output !== expected.get(id))
      .map(({ id, output }) => `${id}: ${String(output)} instead of ${String(expected.get(id))}`),
  };
}

function recovered(kills: readonly Kill[]): Promised {
  return {
    claim: `what a killed process had in hand is taken up again within ${RECOVERY_LIMIT_S} s`,
    breaches: kills.flatMap(({ pid, recoveries }) =>
      recoveries
        .filter(({ seconds }) => !(seconds <= RECOVERY_LIMIT_S))
        .map(({ task, seconds }) => `${task} of process ${pid}: after ${seconds} s`),
    ),
  };
}

function countsOf({ jobs, processRuns, seconds }: RunRecord): Counts {
  const told = processRuns.flatMap((processRun) => processRun.told);
  const tiles = told
    .filter(({ what }) => what === 'tile done')
    .map(({ jobId, tile }) => `${jobId} ${String(tile)}`);
  const sum = (of: (job: JobRecord) => number) => jobs.reduce((total, job) => total + of(job), 0);
  return {
    seconds,
    jobs: jobs.length,
    completed: jobs.filter(({ later }) => later?.status === 'COMPLETED').length,
    retries: retriesIn(told),
    failures: told.filter(({ what }) => what === 'task failed').length,
    tilesDone: tiles.length,
    tilesRepeated: tiles.length - new Set(tiles).size,
    reconnections: sum(({ watch }) => watch.connections - 1),
  };
}

/** What is left in good order and taken again has waited for something; it is no other attempt. */
function retriesIn(told: readonly Told[]): number {
  const last = new Map<string, Told['what']>();
  let retries = 0;
  for (const { what, task } of told.toSorted((a, b) => a.at - b.at)) {
    if (task === undefined) continue;
    const before = last.get(task);
    if (what === 'task taken' && (before === 'task taken' || before === 'task failed')) retries += 1;
    if (what !== 'task left' || before === 'task taken') last.set(task, what);
  }
  return retries;
}
