import { describe, expect, test } from 'vitest';
import { isUnanswered } from '../../src/registry/unanswered.js';

const coded = (code: string): Error => Object.assign(new Error(code), { code });

describe('a request that nobody answered', () => {
  test('is told by what Node.js and undici call it, however deep', () => {
    expect(isUnanswered(coded('ENOTFOUND'))).toBe(true);
    expect(isUnanswered(new TypeError('fetch failed', { cause: coded('ECONNREFUSED') }))).toBe(true);
    expect(isUnanswered(new Error('a', { cause: new TypeError('b', { cause: coded('ETIMEDOUT') }) }))).toBe(
      true,
    );
    expect(isUnanswered(new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]))).toBe(true);
  });

  test('is none that was answered otherwise than hoped', () => {
    expect(isUnanswered(new Error('the server answered 404'))).toBe(false);
    expect(isUnanswered(coded('ENOSPC'))).toBe(false);
    expect(isUnanswered(new AggregateError([coded('ECONNREFUSED'), coded('EACCES')]))).toBe(false);
    expect(isUnanswered(new AggregateError([]))).toBe(false);
    expect(isUnanswered('no error')).toBe(false);
  });
});
