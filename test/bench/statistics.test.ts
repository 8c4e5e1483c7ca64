import { describe, expect, it } from 'vitest';
import { callsIn, costOf, cpuIn } from '../../bench/redis-counters.js';
import { slopeOf } from '../../bench/slope.js';
import { spread } from '../../bench/spread.js';

describe('the spread of measurements', () => {
  it('has the middle one, or the mean of the two in the middle', () => {
    expect(spread([30, 10, 20])).toEqual({ min: 10, median: 20, max: 30 });
    expect(spread([40, 10, 20, 30])).toEqual({ min: 10, median: 25, max: 40 });
  });

  it('is nothing where nothing was measured', () => {
    expect(spread([])).toEqual({ min: NaN, median: NaN, max: NaN });
  });
});

describe('the slope through some points', () => {
  it('is that of their line, and of the one that is closest to them', () => {
    const line = [0, 1, 2, 3].map((x) => [x, 5 - 2 * x] as const);
    expect(slopeOf(line)).toBeCloseTo(-2);
    expect(slopeOf([...line, [1.5, 100]])).toBeCloseTo(-2);
  });

  it('is not known of one point', () => {
    expect(slopeOf([[1, 1]])).toBeNaN();
  });
});

describe('what a Redis has done', () => {
  it('counts every command, and the time of its process alone', () => {
    const commands =
      '# Commandstats\r\ncmdstat_xadd:calls=3,usec=9\r\ncmdstat_client|list:calls=4,usec=1\r\n';
    const cpu = '# CPU\r\nused_cpu_sys:1.5\r\nused_cpu_user:2.25\r\nused_cpu_sys_children:9.0\r\n';
    expect(callsIn(commands)).toBe(7);
    expect(cpuIn(cpu)).toBeCloseTo(3.75);
  });

  it('is the difference between two readings', () => {
    const [before, after] = [
      { operations: 5, cpuSeconds: 1 },
      { operations: 25, cpuSeconds: 1.5 },
    ];
    expect(costOf(before, after)).toEqual({ operations: 20, cpuSeconds: 0.5 });
  });
});
