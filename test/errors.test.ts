import { readFile } from 'node:fs/promises';
import { STATUS_CODES } from 'node:http';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import { describe, expect, test } from 'vitest';
import { CodedError, ERROR_CODES, ERROR_DESCRIPTIONS, describeFatalError, messageOf } from '../src/errors.js';

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

describe('the table of codes', () => {
  test('has what the schema of the service promises, in GraphQL and outside of it', () => {
    const promised = ['FORBIDDEN', 'NOT_FOUND', 'STORAGE_UNAVAILABLE', 'UNAUTHENTICATED', 'BAD_USER_INPUT'];
    expect(ERROR_CODES).toEqual(expect.arrayContaining(promised));
  });

  test('has each of Apollo’s own codes, under Apollo’s name', () => {
    expect(ERROR_CODES).toEqual(expect.arrayContaining(Object.values(ApolloServerErrorCode)));
  });

  test.each(ERROR_CODES)('gives %s a status of HTTP, and tells it in docs/errors.md', async (code) => {
    const { status, meaning, remedy } = ERROR_DESCRIPTIONS[code];
    expect(STATUS_CODES).toHaveProperty(String(status));
    const page = await readFile('docs/errors.md', 'utf8');
    const row = page.split('\n').find((line) => line.startsWith(`| \`${code}\` `)) ?? '';
    expect(row.split(/ *\| */)).toEqual(['', `\`${code}\``, String(status), meaning, remedy, '']);
  });
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
  expect(describeFatalError(new RangeError('Name another folder.'), plain)).toBe('Name another folder.');
  expect(describeFatalError(new Error('it broke'), plain)).toMatch(/^Error: it broke\n +at /);
  expect(describeFatalError('it broke', plain)).toBe('it broke');
});
