import type { Request, Response } from 'express';
import { describe, expect, test, vi } from 'vitest';
import { ANONYMOUS, authenticate, holderOf } from '../../src/http/authenticate.js';
import { CodedError } from '../../src/errors.js';

const alice = { owner: 'key:alice', isAdmin: false };
const keyring = { holderOf: (text: unknown) => (text === 'Bearer of-alice' ? alice : undefined) };

/** A request on its way, and what became of it. */
function request(authorization?: string) {
  const set = vi.fn();
  return {
    request: { headers: { authorization } } as unknown as Request,
    response: { locals: {}, set } as unknown as Response,
    next: vi.fn<(error?: unknown) => void>(),
    set,
  };
}

describe('a request', () => {
  test('is its key’s holder’s', () => {
    const { request: came, response, next } = request('Bearer of-alice');
    void authenticate(keyring)(came, response, next);
    expect(next).toHaveBeenCalledExactlyOnceWith();
    expect(holderOf(response)).toBe(alice);
  });

  test('is anybody’s where no key is asked for', () => {
    const { request: came, response, next } = request();
    void authenticate(undefined)(came, response, next);
    expect(next).toHaveBeenCalledExactlyOnceWith();
    expect(holderOf(response)).toBe(ANONYMOUS);
  });

  test.each([undefined, 'Bearer of-nobody'])('with the key %j is refused, and nobody’s', (authorization) => {
    const { request: came, response, next, set } = request(authorization);
    void authenticate(keyring)(came, response, next);
    expect(next).toHaveBeenCalledExactlyOnceWith(expect.any(CodedError));
    expect(set).toHaveBeenCalledWith('WWW-Authenticate', expect.stringMatching(/^Bearer /));
    expect(() => holderOf(response)).toThrow('to be authenticated');
  });

  test('of a route that does not authenticate is not answered as anybody’s', () => {
    expect(() => holderOf(request('Bearer of-alice').response)).toThrow('to be authenticated');
  });
});
