import { CombinedError } from '@urql/core';
import { describe, expect, test } from 'vitest';
import { faultOf } from '../../src/cli/fault.js';

const lost = (networkError: unknown, response?: unknown) =>
  faultOf(new CombinedError({ networkError: networkError as Error, response }));

describe('a fault', () => {
  test('has the code and the words of the service', () => {
    const refused = { message: 'Send a smaller one.', extensions: { code: 'IMAGE_TOO_LARGE' } };
    expect(faultOf(new CombinedError({ graphQLErrors: [refused] }))).toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      message: 'Send a smaller one.',
    });
    expect(faultOf(new CombinedError({ graphQLErrors: ['What?'] })).code).toBe('INTERNAL_SERVER_ERROR');
  });

  test('has the reason of a connection that was not made or was lost', () => {
    const refused = Object.assign(new Error(''), { code: 'ECONNREFUSED' });
    const cases: [unknown, string][] = [
      [new TypeError('fetch failed', { cause: refused }), 'ECONNREFUSED'],
      [new TypeError('fetch failed', { cause: new Error('bad port') }), 'bad port'],
      [new Error('No Content'), 'No Content'],
      [new Error('It is full.'), 'It is full'],
      [{ code: 1001, reason: 'Going away' }, 'Going away'],
      [{ message: 'connect ECONNREFUSED', error: refused }, 'ECONNREFUSED'],
      [{ message: 'Unexpected server response: 403' }, 'Unexpected server response: 403'],
      [{ code: 1006, reason: '' }, 'the connection was lost'],
    ];
    for (const [error, reason] of cases)
      expect(lost(error)).toMatchObject({
        code: 'SERVER_UNREACHABLE',
        message: `The server did not answer: ${reason}.`,
      });
  });

  test('tells a wrong key from a server that is none', () => {
    expect(lost(new Error('Unauthorized'), { status: 401 }).code).toBe('UNAUTHENTICATED');
    expect(lost({ code: 4401, reason: 'It was withdrawn' }).code).toBe('UNAUTHENTICATED');
    expect(lost(new Error('Bad Gateway'), { status: 502 })).toMatchObject({
      code: 'SERVER_UNREACHABLE',
      message: 'The server answered with HTTP status 502, and not as Okulo does.',
    });
  });
});
