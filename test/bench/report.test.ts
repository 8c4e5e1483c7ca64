import { describe, expect, it } from 'vitest';
import { allMet, asText, below, none, type Report } from '../../bench/report.js';

const report: Report = {
  benchmark: 'sample',
  setting: { cores: 2 },
  figures: [
    { name: 'requests', unit: '', values: { quiet: 200, busy: 3077 } },
    { name: 'latency p99', unit: 'ms', values: { quiet: 1.25, busy: 154.53 } },
    { name: 'jobs', unit: '', values: { busy: 8 } },
  ],
  targets: [below('p99 < 20 ms', 12.34, 20, 'ms'), none('nothing fails', 0)],
};

describe('a report', () => {
  it('sets figures in columns, one for each situation', () => {
    const lines = asText(report).split('\n');

    expect(lines).toContain('             quiet   busy');
    expect(lines).toContain('requests       200   3077');
    expect(lines).toContain('latency p99    1.3  154.5  ms');
  });

  it('leaves a place empty where a figure was not taken', () => {
    expect(asText(report).split('\n')).toContain('jobs                    8');
  });

  it('gives a verdict on each target with what was measured', () => {
    const text = asText({ ...report, targets: [...report.targets, below('p50 < 5 ms', 7, 5, 'ms')] });

    expect(text).toContain('p99 < 20 ms: yes (12.3 ms)');
    expect(text).toContain('nothing fails: yes (0)');
    expect(text).toContain('p50 < 5 ms: NO (7 ms)');
  });

  it('is met when every target is', () => {
    expect(allMet(report)).toBe(true);
    expect(allMet({ ...report, targets: [...report.targets, none('nothing fails', 1)] })).toBe(false);
  });

  it('does not take a target for met that was not measured, or is just reached', () => {
    expect(below('p99 < 20 ms', Number.NaN, 20, 'ms').met).toBe(false);
    expect(below('p99 < 20 ms', 20, 20, 'ms').met).toBe(false);
  });
});
