import { describe, expect, it } from 'vitest';
import { problemOf, retryWords } from '../../src/studio/app/service/problem.js';

describe('a problem in words', () => {
  it('is what the service says, with its code and when to try again', () => {
    const extensions = { code: 'OVERLOADED', retryAfterMs: 4200 };
    expect(problemOf({ graphQLErrors: [{ message: 'Too much waits.', extensions }] }, false)).toEqual({
      kind: 'refused',
      message: 'Too much waits.',
      code: 'OVERLOADED',
      retryAfterMs: 4200,
    });
  });

  it('takes the first of several errors, and one without extensions as it is', () => {
    const errors = [{ message: 'The first.' }, { message: 'The second.', extensions: { code: 'TIMEOUT' } }];
    expect(problemOf({ graphQLErrors: errors }, true)).toEqual({ kind: 'refused', message: 'The first.' });
  });

  it('asks for a key where one is missing or not valid, over HTTP and over a WebSocket', () => {
    const refused = { message: 'Send a header.', extensions: { code: 'UNAUTHENTICATED' } };
    const closed = { code: 4401, reason: 'Unauthorized' };
    for (const error of [{ graphQLErrors: [refused] }, { graphQLErrors: [], networkError: closed }]) {
      expect(problemOf(error, false)).toEqual({
        kind: 'locked',
        message: 'This service asks for an API key. Enter it here.',
        code: 'UNAUTHENTICATED',
      });
      expect(problemOf(error, true).message).toBe('This key is not valid, or no longer.');
    }
  });

  it('says that nobody answers, whatever the browser calls it', () => {
    for (const networkError of [new TypeError('Failed to fetch'), { code: 1006 }, undefined]) {
      const problem = problemOf({ graphQLErrors: [], networkError }, false);
      expect(problem.kind).toBe('unreachable');
      expect(problem.message).toContain('cannot be reached');
      expect(problem.code).toBeUndefined();
    }
  });

  it.each([
    [0, 'Try again in about 1 second.'],
    [4200, 'Try again in about 5 seconds.'],
    [60_000, 'Try again in about 60 seconds.'],
    [240_000, 'Try again in about 4 minutes.'],
  ])('tells when to try again after %i ms', (ms, words) => {
    expect(retryWords(ms)).toBe(words);
  });
});
