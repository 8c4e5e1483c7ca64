import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler, Response } from 'express';
import { withLogContext } from '../observability/log-context.js';
import { errnoOf } from '../platform/errno.js';
import {
  OperationRecord,
  type OperationFacts,
  type ResultCode,
  type TellOperation,
  type Transport,
} from '../observability/operation-record.js';
import { withOperationSpan } from '../observability/tracing.js';
import { whenOver } from './exchange.js';

const REQUEST_ID = /^[\w.=:;-]{1,128}$/;

/** The id that a proxy or the client has given to a request, where it is fit for a log, or a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
  ids.set(request, id);
  return id;
}

const ids = new WeakMap<IncomingMessage, string>();

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
  tell: TellOperation,
  transport: Transport,
  facts: OperationFacts = {},
): RequestHandler {
  return (request, response, next) => {
    withOperationSpan(() => {
      const record = new OperationRecord(tell, transport);
      record.note(facts);
      (response.locals as Locals).record = record;
      whenOver(request, response, () => record.end(codeOf(request, response)));
      next();
    });
  };
}

/** What is noted of a request for the log, where its route has `recordOperations`. */
export function recordOf(response: Response): OperationRecord | undefined {
  return (response.locals as Locals).record;
}

interface Locals {
  record?: OperationRecord;
}

/** Of answers that no code was noted of: what Node.js, the HTTP library or Apollo refuses by itself. */
function codeOf({ socket }: IncomingMessage, { writableFinished, statusCode }: Response): ResultCode {
  if (!writableFinished) return isMalformed(socket.errored) ? 'BAD_REQUEST' : 'UNANSWERED';
  if (statusCode < 400) return 'OK';
  return statusCode >= 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_REQUEST';
}

/** Whether Node.js gave up on what came, and answered that by itself; one that ends too early is only gone. */
function isMalformed(error: Error | null): boolean {
  const code = errnoOf(error) ?? '';
  return code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE';
}
