import { describe, expect, it } from 'vitest';
import { WORKER_SCALING, wantedWorkers, type Backlog } from '../lib/worker-scaling.js';

const COUNT = { minWorkers: 1, maxWorkers: 20 };
const wanted = (backlog: Partial<Backlog>) =>
  wantedWorkers({ secondsPerWorker: [], workers: 4, now: 10_000, ...backlog }, COUNT);
const { out, in: less } = WORKER_SCALING;
const [first, second, third] = out.steps;
const idle = Array.from({ length: less.periods }, () => 0);

describe('adding', () => {
  it.each([
    ['below the first step', (first?.from ?? 0) - 0.1, 4],
    ['at the first step', first?.from ?? 0, 6],
    ['at the second', second?.from ?? 0, 12],
    ['at the third', third?.from ?? 0, 20],
    ['far above', 100_000, 20],
  ])('%s', (_where, seconds, expected) => {
    expect(wanted({ secondsPerWorker: [seconds] })).toBe(expected);
  });

  it('adds one at least, drops fractions, and stays within the most', () => {
    expect(wanted({ workers: 1, secondsPerWorker: [first?.from ?? 0] })).toBe(2);
    expect(wanted({ workers: 5, secondsPerWorker: [first?.from ?? 0] })).toBe(7);
    expect(wanted({ workers: 15, secondsPerWorker: [third?.from ?? 0] })).toBe(20);
  });

  it('counts workers that are on their way, until the cooldown is over', () => {
    const lastChange = { at: 10_000 - out.cooldownSeconds + 1, by: 2 };
    // Two of four were there when the change was made: the same step wants one of those again, which is coming.
    expect(wanted({ secondsPerWorker: [first?.from ?? 0], lastChange })).toBe(4);
    // 400 % of two are eight, and two of them are coming.
    expect(wanted({ secondsPerWorker: [third?.from ?? 0], lastChange })).toBe(10);
    expect(wanted({ secondsPerWorker: [third?.from ?? 0], lastChange: { at: 0, by: 2 } })).toBe(20);
  });

  it('does not wait for the cooldown of taking away', () => {
    expect(wanted({ secondsPerWorker: [first?.from ?? 0], lastChange: { at: 9_999, by: -1 } })).toBe(6);
  });
});

describe('taking away', () => {
  it('takes a quarter, one at least, and never the last', () => {
    expect(wanted({ secondsPerWorker: idle, workers: 8 })).toBe(6);
    expect(wanted({ secondsPerWorker: idle, workers: 2 })).toBe(1);
    expect(wanted({ secondsPerWorker: idle, workers: 1 })).toBe(1);
  });

  it('waits for periods in a row that are quiet', () => {
    expect(wanted({ secondsPerWorker: idle.slice(1), workers: 8 })).toBe(8);
    expect(wanted({ secondsPerWorker: [...idle.slice(1), less.below], workers: 8 })).toBe(8);
    expect(wanted({ secondsPerWorker: [500, ...idle], workers: 8 })).toBe(6);
  });

  it('waits for the cooldown of whatever was changed', () => {
    const at = (seconds: number, by: number) =>
      wanted({ secondsPerWorker: idle, workers: 8, lastChange: { at: 10_000 - seconds, by } });
    expect([at(less.cooldownSeconds - 1, -2), at(less.cooldownSeconds, -2)]).toEqual([8, 6]);
    expect([at(out.cooldownSeconds - 1, 4), at(out.cooldownSeconds, 4)]).toEqual([8, 6]);
  });
});

it('changes nothing while nothing is known, but the count that there has to be', () => {
  expect(wanted({ secondsPerWorker: [] })).toBe(4);
  expect(wanted({ secondsPerWorker: [], workers: 0 })).toBe(1);
});
