import type { Request, Response } from 'express';
import { describe, expect, test, vi } from 'vitest';
import { CodedError } from '../../../src/errors.js';
import { restErrors } from '../../../src/http/rest/rest-errors.js';

/** What a client of a route is answered where it fails with this error. */
async function answered(error: unknown) {
  const headers = new Map<string, string>();
  const answer = { status: 0, body: undefined as unknown, headers, reported: vi.fn() };
  const response = {
    headersSent: false,
    locals: {},
    set: (name: string, value: string) => headers.set(name.toLowerCase(), value),
    status: (status: number) => {
      answer.status = status;
      return response;
    },
    json: (body: unknown) => {
      answer.body = body;
    },
  };
  await restErrors(answer.reported)(
    error,
    { path: '/classify_image' } as unknown as Request,
    response as unknown as Response,
    vi.fn(),
  );
  return answer;
}

describe('an error of a route', () => {
  test.each([
    [100, '1'],
    [1000, '1'],
    [1500, '2'],
    [60_000, '60'],
  ])('that is over in %i ms says in whole seconds when to come back', async (retryAfterMs, seconds) => {
    const error = new CodedError('OVERLOADED', 'There is too much to do.', { facts: { retryAfterMs } });
    const { status, body, headers } = await answered(error);
    expect([status, body]).toEqual([503, { message: 'There is too much to do.' }]);
    expect(headers.get('retry-after')).toBe(seconds);
  });

  test('that does not pass by itself says nothing of when to come back', async () => {
    const { status, headers, reported } = await answered(new CodedError('BAD_USER_INPUT', 'Not so.'));
    expect([status, headers.has('retry-after')]).toEqual([400, false]);
    expect(reported).not.toHaveBeenCalled();
  });

  test('that is a defect is reported, and not shown', async () => {
    const error = Object.assign(new Error('internal words'), { status: 500 });
    const { status, body, reported } = await answered(error);
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('internal words');
    expect(reported).toHaveBeenCalledExactlyOnceWith(error, ['/classify_image']);
  });
});
