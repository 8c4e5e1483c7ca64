import type { RequestHandler, Response } from 'express';
import type { Keyring } from '../access/keyring.js';
import { CodedError } from '../errors.js';

/** Without keys there is one owner: whoever can reach the service. */
export const ANONYMOUS = 'anonymous';

/** What a WebSocket is closed with whose key is not valid: one that clients do not retry. */
export const UNAUTHENTICATED_CLOSE = 4401;

/**
 * Lets requests through that come with a valid key, and notes whose it is. It stands before everything that reads a
 * body: a stranger's upload is not even taken in.
 * @param keyring undefined: the service asks for no key
 */
export function authenticate(keyring: Pick<Keyring, 'ownerOf'> | undefined): RequestHandler {
  return (request, response, next) => {
    const owner = keyring ? keyring.ownerOf(request.headers.authorization) : ANONYMOUS;
    if (owner === undefined) {
      response.set('WWW-Authenticate', 'Bearer realm="okulo"');
      next(unauthenticated(request.headers.authorization !== undefined));
      return;
    }
    (response.locals as Locals).owner = owner;
    next();
  };
}

/** Whose request it is, as `authenticate` has found. */
export function ownerOf(response: Response): string {
  const { owner } = response.locals as Locals;
  // A route that forgot to authenticate must not answer everybody.
  if (owner === undefined) throw new Error('Expected the request to be authenticated');
  return owner;
}

interface Locals {
  owner?: string;
}

/** @param came whether there was any key */
export function unauthenticated(came: boolean): CodedError {
  const what = came ? 'the one that came is not valid' : 'none came';
  return new CodedError(
    'UNAUTHENTICATED',
    `Expected an API key, and ${what}. Send it as 'Authorization: Bearer <key>', over WebSocket as 'authorization' in the connection parameters; the operator makes keys with 'okulo keys add <name>'.`,
  );
}
