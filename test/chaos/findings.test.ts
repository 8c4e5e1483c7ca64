/** The chaos test would notice what it is there to notice. */
import { describe, expect, it } from 'vitest';
import type { ProcessRun } from './process-pool.js';
import { findingsOf } from './findings.js';
import type { JobRecord, RunRecord } from './run.js';

const ID = `sr-${'0'.repeat(32)}`;
const TASK = `super-resolution:${ID}`;

function jobRecord(changes: Partial<JobRecord> = {}): JobRecord {
  const answer = { status: 'COMPLETED', finishedAt: 'then', result: { url: 'u' }, error: null };
  const seen = { at: 9000, tilesDone: 2, tilesTotal: 2 };
  return {
    id: ID,
    watch: {
      sightings: [
        { ...seen, at: 1000, status: 'RUNNING', tilesDone: 0 },
        { ...seen, status: 'COMPLETED' },
      ],
      faults: [],
      connections: 1,
      ended: true,
    },
    atEnd: answer,
    later: answer,
    output: 'digest',
    ...changes,
  };
}

function processRun(changes: Partial<ProcessRun> = {}): ProcessRun {
  const told: ProcessRun['told'] = [
    { at: 500, what: 'task taken', jobId: ID, task: TASK },
    { at: 600, what: 'tile done', jobId: ID, tile: '0_0_8_8' },
    { at: 700, what: 'tile done', jobId: ID, tile: '8_0_8_8' },
    { at: 800, what: 'task completed', jobId: ID, task: TASK },
    { at: 801, what: 'task left', jobId: ID, task: TASK },
  ];
  return {
    place: 'worker 1',
    pid: 1,
    startedAt: 0,
    killedAt: undefined,
    ready: true,
    endedItself: undefined,
    told,
    ...changes,
  };
}

function run(job: Partial<JobRecord> = {}, processRuns: readonly ProcessRun[] = [processRun()]): RunRecord {
  return { jobs: [jobRecord(job)], processRuns, outages: [], startedAt: 0, seconds: 10 };
}

function broken(chaos: RunRecord): string[] {
  return findingsOf(run(), chaos)
    .promises.filter(({ breaches }) => breaches.length > 0)
    .map(({ claim }) => claim);
}

/** One that was killed while it had the job in hand, after one tile. */
function killed(): ProcessRun {
  return processRun({ pid: 2, killedAt: 2000, told: processRun().told.slice(0, 2) });
}

function takenUpAt(at: number): ProcessRun {
  return processRun({
    pid: 3,
    told: [
      { at, what: 'task taken', jobId: ID, task: TASK },
      { at, what: 'tile done', jobId: ID, tile: '0_0_8_8' },
    ],
  });
}

describe('the chaos test', () => {
  it('has nothing to say about a run in which nothing is wrong', () => {
    expect(broken(run())).toEqual([]);
  });

  it.each<[string, Partial<JobRecord>, RegExp]>([
    ['a lost job', { later: null }, /every job is completed/],
    [
      'a failed job',
      { later: { status: 'FAILED', finishedAt: 'then', result: null, error: null } },
      /every job is completed/,
    ],
    ['another output', { output: 'other' }, /byte for byte/],
    ['no output', { output: null }, /byte for byte/],
    [
      'a job that ends a second time',
      { later: { status: 'COMPLETED', finishedAt: 'later', result: { url: 'u' }, error: null } },
      /no job changes after its end/,
    ],
    [
      'a subscriber that is left hanging',
      { watch: { ...jobRecord().watch, ended: false } },
      /every subscriber/,
    ],
    [
      'a subscriber that is told of the end twice',
      { watch: { ...jobRecord().watch, sightings: jobRecord().watch.sightings.flatMap((s) => [s, s]) } },
      /every subscriber/,
    ],
    [
      'a subscriber that never saw the end',
      { watch: { ...jobRecord().watch, sightings: [], faults: ['ended without a last state'] } },
      /every subscriber/,
    ],
  ])('notices %s', (_what, change, claim) => {
    expect(broken(run(change))).toContainEqual(expect.stringMatching(claim));
  });

  it('notices a job that the queue took from two workers', () => {
    expect(broken(run({}, [processRun(), processRun({ pid: 2 })]))).toEqual([
      'no job is completed twice under attack',
    ]);
  });

  it('notices a process that ends by itself, unless that was its start', () => {
    const endedItself = 'code 1: defect';
    expect(broken(run({}, [processRun({ endedItself })]))).toEqual([
      'no process ends by itself once it is ready under attack',
    ]);
    expect(broken(run({}, [processRun({ endedItself, ready: false })]))).toEqual([]);
  });
});

describe('what a killed process had in hand', () => {
  it('is taken up by the next who has the same task in hand', () => {
    const { kills } = findingsOf(run(), run({}, [killed(), takenUpAt(5000)]));
    expect(kills).toMatchObject([{ pid: 2, recoveries: [{ jobId: ID, task: TASK, seconds: 3 }] }]);
  });

  it('had ended when nobody takes it up and its job goes on', () => {
    const { kills } = findingsOf(run(), run({}, [killed()]));
    expect(kills).toMatchObject([{ recoveries: [{ takenUp: false, seconds: 7 }] }]);
  });

  it('had ended when its job had, whatever the process still could tell', () => {
    const watch = {
      ...jobRecord().watch,
      sightings: jobRecord().watch.sightings.map((s) => ({ ...s, at: 1500 })),
    };
    expect(broken(run({ watch }, [killed()]))).toEqual([]);
  });

  it('is missed when nobody takes it up in time', () => {
    const watch = { ...jobRecord().watch, sightings: [], ended: false };
    expect(broken(run({ watch }, [killed(), takenUpAt(62_001)]))).toContainEqual(
      expect.stringMatching(/taken up again within 60 s/),
    );
    expect(broken(run({ watch }, [killed()]))).toContainEqual(
      expect.stringMatching(/taken up again within 60 s/),
    );
  });

  it('shows in the counts of retries and of tiles that were done again', () => {
    const { chaos } = findingsOf(run(), run({}, [killed(), takenUpAt(5000)]));
    expect(chaos).toMatchObject({ retries: 1, failures: 0, tilesDone: 2, tilesRepeated: 1 });
  });
});

describe('a retry', () => {
  const task = { jobId: ID, task: TASK };
  const taken = { what: 'task taken', ...task } as const;
  const left = { what: 'task left', ...task } as const;

  it('is what follows a failure', () => {
    const told: ProcessRun['told'] = [
      { at: 1, ...taken },
      { at: 2, what: 'task failed', ...task },
      { at: 3, ...left },
      { at: 4, ...taken },
    ];
    expect(findingsOf(run(), run({}, [processRun({ told })])).chaos).toMatchObject({
      retries: 1,
      failures: 1,
    });
  });

  it('is not what follows a wait for others', () => {
    const told: ProcessRun['told'] = [
      { at: 1, ...taken },
      { at: 2, ...left },
      { at: 3, ...taken },
    ];
    expect(findingsOf(run(), run({}, [processRun({ told })])).chaos).toMatchObject({ retries: 0 });
  });
});
