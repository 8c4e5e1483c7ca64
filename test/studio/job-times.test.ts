import { describe, expect, it } from 'vitest';
import { duration, moment, soFar } from '../../src/studio/app/jobs/job-times.js';

describe('how long a job took', () => {
  it.each([
    [-5, '0.0 s'],
    [420, '0.4 s'],
    [9_940, '9.9 s'],
    [12_300, '12 s'],
    [89_000, '89 s'],
    [120_000, '2 min'],
    [7_200_000, '2 h'],
  ])('%i ms is %s', (milliseconds, words) => {
    expect(duration(milliseconds)).toBe(words);
  });
});

describe('how long a job has run', () => {
  it.each([
    [-5, '0 s so far'],
    [1_900, '1 s so far'],
    [89_999, '89 s so far'],
    [240_000, '4 min so far'],
  ])('%i ms is %s', (milliseconds, words) => {
    expect(soFar(milliseconds)).toBe(words);
  });
});

describe('when a job came', () => {
  const today = new Date(2026, 4, 7, 18, 0);

  it('is the hour today, and has the day before that', () => {
    expect(moment(new Date(2026, 4, 7, 9, 5), today)).toBe('09:05');
    expect(moment(new Date(2026, 4, 6, 9, 5), today)).toBe('6 May, 09:05');
  });
});
