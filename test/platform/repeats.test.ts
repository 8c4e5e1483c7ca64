import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withoutRepeats } from '../../src/platform/repeats.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('the same words come once per ten seconds, others at once', () => {
  const reports: unknown[] = [];
  const report = withoutRepeats((error) => reports.push(error));
  const [first, second, other, later] = ['gone', 'gone', 'slow', 'gone'].map((words) => new Error(words));
  report(first);
  report(second);
  report(other);
  vi.advanceTimersByTime(9_999);
  report(second);
  expect(reports).toEqual([first, other]);
  vi.advanceTimersByTime(1);
  report(later);
  expect(reports).toEqual([first, other, later]);
});

test('errors of two addresses of one host, which have no message, are told apart', () => {
  const reports: unknown[] = [];
  const report = withoutRepeats((error) => reports.push(error));
  const refused = new AggregateError([
    new Error('connect ECONNREFUSED ::1'),
    new Error('connect ECONNREFUSED 127.0.0.1'),
  ]);
  const lost = new AggregateError([new Error('connect ETIMEDOUT ::1')]);
  report(refused);
  report(lost);
  report(refused);
  expect(reports).toEqual([refused, lost]);
});
