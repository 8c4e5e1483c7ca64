import { beforeAll, describe, expect, it } from 'vitest';
import { arrivalsOf, DAY_SECONDS, rateAt } from '../simulation/day.js';
import { simulate } from '../simulation/fleet.js';
import {
  cheapest,
  LONGEST_P95_SECONDS,
  resultOf,
  SETTINGS,
  type Result,
  type SettingName,
} from '../simulation/settings.js';
import { WORKER_SCALING } from '../lib/worker-scaling.js';

const calm = { startSeconds: 90, metricDelaySeconds: 60, interruptionsPerHour: 0, seed: 1 };
const one = { minWorkers: 1, maxWorkers: 1 };

describe('a simulated fleet', () => {
  it('does jobs one after the other, and tells how long each waited', () => {
    const arrivals = [0, 1, 2].map((at) => ({ at, work: 10 }));
    const outcome = simulate(arrivals, { ...calm, count: one, policy: WORKER_SCALING });
    // Taken up at 0, 10 and 20.
    expect(outcome).toMatchObject({ jobs: 3, p50Wait: 9, longestWait: 18, mostWorkers: 1 });
    expect(outcome.workerHours).toBeCloseTo(24);
  });

  it('adds workers when much waits, which work after their start, and takes them away afterwards', () => {
    const arrivals = Array.from({ length: 200 }, () => ({ at: 30, work: 10 }));
    const outcome = simulate(arrivals, {
      ...calm,
      count: { minWorkers: 1, maxWorkers: 10 },
      policy: WORKER_SCALING,
    });
    expect(outcome.mostWorkers).toBe(10);
    // With one alone it would be 1,990.
    expect(outcome.longestWait).toBeLessThan(500);
    expect(outcome.longestWait).toBeGreaterThan(60 + 60 + 90 - 30);
    expect(outcome.workerHours).toBeLessThan(28);
  });

  it('does every job, whatever Spot takes away', () => {
    const arrivals = arrivalsOf(7);
    const outcome = simulate(arrivals, {
      ...calm,
      interruptionsPerHour: 3,
      count: { minWorkers: 2, maxWorkers: 40 },
      policy: WORKER_SCALING,
    });
    expect(outcome.jobs).toBe(arrivals.length);
    expect(outcome.interruptions).toBeGreaterThan(100);
  });
});

describe('the made-up day', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(arrivalsOf(3)).toEqual(arrivalsOf(3));
    expect(arrivalsOf(3)).not.toEqual(arrivalsOf(4));
  });

  it('has as many jobs at each hour as its rate says, ten times as many in the burst', () => {
    const arrivals = arrivalsOf(1);
    const between = (from: number, until: number) =>
      arrivals.filter(({ at }) => at >= from && at < until).length;
    expect(rateAt(15.1 * 3600)).toBe(10 * rateAt(14.9 * 3600));
    for (const [from, until] of [
      [0, 6],
      [8, 10],
      [15, 15.25],
    ].map(([a = 0, b = 0]) => [a * 3600, b * 3600] as const)) {
      const expected = rateAt(from) * (until - from);
      expect(Math.abs(between(from, until) - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
    expect(Math.max(...arrivals.map(({ at }) => at))).toBeLessThan(DAY_SECONDS);
  });
});

describe('the settings of worker-scaling.ts', () => {
  let results: Result[];
  beforeAll(() => {
    results = (Object.keys(SETTINGS) as SettingName[]).map((setting) => resultOf(setting));
  });

  it(`ship the cheapest whose p95 wait stays below ${LONGEST_P95_SECONDS} s`, () => {
    expect(cheapest(results)).toBe('shipped');
  });

  it('leave cheaper ones aside because jobs wait too long with them', () => {
    const shipped = results.find(({ setting }) => setting === 'shipped');
    const cheaper = results.filter(({ workerHours }) => workerHours < (shipped?.workerHours ?? 0));
    expect(cheaper.length).toBeGreaterThanOrEqual(2);
    for (const { p95Wait } of cheaper) expect(p95Wait).toBeGreaterThanOrEqual(LONGEST_P95_SECONDS);
  });

  it('let jobs wait longer where Fargate takes longer', () => {
    expect(resultOf('shipped', { startSeconds: 180 }).p95Wait).toBeGreaterThan(
      resultOf('shipped', { startSeconds: 30 }).p95Wait,
    );
  });
});
