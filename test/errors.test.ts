import { describe, expect, test } from 'vitest';
import { CodedError, ERROR_CODES, lastWords, messageOf } from '../src/errors.js';

describe('a coded error', () => {
  test('carries what a client may know, and keeps the cause beside it', () => {
    const cause = new Error('ECONNREFUSED');
    const error = new CodedError('OVERLOADED', 'Try again in 20 ms.', { facts: { retryAfterMs: 20 }, cause });
    expect(error).toMatchObject({
      name: 'CodedError',
      code: 'OVERLOADED',
      message: 'Try again in 20 ms.',
      facts: { retryAfterMs: 20 },
    });
    expect(error.cause).toBe(cause);
  });

  test('has no facts unless it is given some', () => {
    expect(new CodedError('BAD_IMAGE', 'No.').facts).toEqual({});
  });
});

test('a code is there only once', () => {
  expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length);
});

test.each([
  [new Error('it broke'), 'it broke'],
  ['it broke', 'it broke'],
  [undefined, 'undefined'],
  [{ message: 'not an error' }, '[object Object]'],
])('the text of anything thrown is told: %o', (thrown, text) => {
  expect(messageOf(thrown)).toBe(text);
});

test('the last words of a program are plain for what a person can put right, and show where anything else broke', () => {
  const plain = [RangeError, TypeError];
  expect(lastWords(new RangeError('Name another folder.'), plain)).toBe('Name another folder.');
  expect(lastWords(new Error('it broke'), plain)).toMatch(/^Error: it broke\n +at /);
  expect(lastWords('it broke', plain)).toBe('it broke');
});
