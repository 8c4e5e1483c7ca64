import type { RequestHandler, Response } from 'express';
import type { KeyHolder, Keyring } from '../auth/keyring.js';
import { CodedError } from '../errors.js';
import { recordOf } from './request-log.js';

/** Without keys there is one owner, who may do everything: whoever can reach the service. */
export const ANONYMOUS: KeyHolder = { owner: 'anonymous', isAdmin: true };

/** What a WebSocket is closed with whose key is not valid: one that clients do not retry. */
export const UNAUTHENTICATED_CLOSE = 4401;

/**
 * Lets requests through that come with a valid key, and notes whose it is. It stands before everything that reads a
 * body: a stranger's upload is not even taken in.
 * @param keyring undefined: the service asks for no key
 */
export function authenticate(keyring: Pick<Keyring, 'holderOf'> | undefined): RequestHandler {
  return (request, response, next) => {
    const holder = keyring ? keyring.holderOf(request.headers.authorization) : ANONYMOUS;
    if (holder === undefined) {
      response.set('WWW-Authenticate', 'Bearer realm="okulo"');
      next(unauthenticated(request.headers.authorization !== undefined));
      return;
    }
    (response.locals as Locals).holder = holder;
    recordOf(response)?.note({ owner: holder.owner });
    next();
  };
}

/** Whose request it is, as `authenticate` has found. */
export function holderOf(response: Response): KeyHolder {
  const { holder } = response.locals as Locals;
  // A route that forgot to authenticate must not answer everybody.
  if (holder === undefined) throw new Error('Expected the request to be authenticated');
  return holder;
}

interface Locals {
  holder?: KeyHolder;
}

/** @param came whether there was any key */
export function unauthenticated(came: boolean): CodedError {
  const what = came ? 'the one that came is not valid' : 'none came';
  return new CodedError(
    'UNAUTHENTICATED',
    `Expected an API key, and ${what}. Send it as 'Authorization: Bearer <key>', over WebSocket as 'authorization' in the connection parameters; the operator makes keys with 'okulo keys add <name>'.`,
  );
}
