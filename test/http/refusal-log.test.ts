import { afterEach, expect, test, vi } from 'vitest';
import { CodedError } from '../../src/errors.js';
import { refusalLog } from '../../src/http/refusal-log.js';

const refusal = (what: string) => new CodedError('ORIGIN_NOT_ALLOWED', `Pages of ${what} may not.`);

afterEach(() => void vi.useRealTimers());

test('the same words are logged once a minute', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const warn = vi.fn();
  const tell = refusalLog({ warn });
  for (let time = 0; time < 100; time += 1) tell(refusal('a'), { origin: 'a' });
  expect(warn.mock.calls).toEqual([[{ code: 'ORIGIN_NOT_ALLOWED', origin: 'a' }, 'Pages of a may not.']]);
  vi.advanceTimersByTime(61_000);
  tell(refusal('a'), {});
  expect(warn).toHaveBeenCalledTimes(2);
});

test('who makes up new words is not logged for ever', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const warn = vi.fn();
  const tell = refusalLog({ warn });
  for (let number = 0; number < 1000; number += 1) tell(refusal(String(number)), {});
  expect(warn).toHaveBeenCalledTimes(20);
  vi.advanceTimersByTime(61_000);
  tell(refusal('another'), {});
  expect(warn).toHaveBeenCalledTimes(21);
});
