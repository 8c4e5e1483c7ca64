import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler, Response } from 'express';
import { withLogContext } from '../observability/log-context.js';
import type { Logger } from '../observability/logger.js';
import {
  OperationRecord,
  type OperationFacts,
  type ResultCode,
  type Transport,
} from '../observability/operation-record.js';

const REQUEST_ID = /^[\w.=:;-]{1,128}$/;

/** The id that a proxy or the client has given to a request, where it is fit for a log, or a new one. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** Gives a request its id: its answer carries it, and so does every line of the log about it. */
export const requestIds: RequestHandler = (request, response, next) => {
  const requestId = requestIdOf(request);
  response.set('X-Request-Id', requestId);
  withLogContext({ requestId }, next);
};

/**
 * Has each request of a route leave a line in the log when it has ended, however it ended.
 * @param facts what the route says of them all
 */
export function recordOperations(
  log: Logger,
  transport: Transport,
  facts: OperationFacts = {},
): RequestHandler {
  return (_request, response, next) => {
    const record = new OperationRecord(log, transport);
    record.note(facts);
    (response.locals as Locals).record = record;
    response.once('close', () => record.end(codeOf(response)));
    next();
  };
}

/** What is noted of a request for the log, where its route has `recordOperations`. */
export function recordOf(response: Response): OperationRecord | undefined {
  return (response.locals as Locals).record;
}

interface Locals {
  record?: OperationRecord;
}

/** Of answers that no code was noted of: what the HTTP library or Apollo refuses by itself. */
function codeOf({ writableFinished, statusCode }: Response): ResultCode {
  if (!writableFinished) return 'CLIENT_GONE';
  if (statusCode < 400) return 'OK';
  return statusCode >= 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_REQUEST';
}
