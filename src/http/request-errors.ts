import type { ErrorRequestHandler, Response } from 'express';
import {
  CodedError,
  concernsOperator,
  ERROR_DESCRIPTIONS,
  shortened,
  type ErrorCode,
  type ErrorFacts,
} from '../errors.js';
import type { Logger } from '../observability/logger.js';
import { recordOf } from './request-log.js';

/**
 * What goes wrong before GraphQL sees a request (no valid key, a body that is too large, is no JSON, or is no proper
 * multipart request), told in GraphQL's own form.
 */
export function requestErrors(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const verdict = verdictOf(error);
    const { status, code, message, facts } = verdict ?? DEFECT;
    if (verdict === undefined || concernsOperator(error)) log.error({ err: error }, 'request failed');
    recordOf(response)?.note({ code });
    setRetryAfter(response, facts);
    response.status(status).json({ errors: [{ message, extensions: { code, ...facts } }] });
  };
}

/** The answer to a request that has not come whole in its time; see `timeLimit`. */
export function refuseLate({ code, message }: CodedError, response: Response): void {
  response.status(408).json({ errors: [{ message, extensions: { code } }] });
}

interface Verdict {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly facts?: ErrorFacts;
}

/** A parser may quote what it has read. */
const LONGEST_REASON = 300;

const DEFECT: Verdict = {
  status: 500,
  code: 'INTERNAL_SERVER_ERROR',
  message: 'Something went wrong in the service. It has been logged.',
};

/** What is wrong with a request that was not let in or could not be read; undefined for what is none of the client's. */
export function verdictOf(error: unknown): Verdict | undefined {
  if (error instanceof CodedError) {
    const { code, message, facts } = error;
    return { status: ERROR_DESCRIPTIONS[code].status, code, message, facts };
  }
  if (!(error instanceof Error && 'status' in error && typeof error.status === 'number')) return undefined;
  const { status } = error;
  if (status >= 500) return undefined;
  // 413 is also what too many files are answered with, however small they are.
  if ('type' in error && error.type === 'entity.too.large') {
    const message = 'The request is too large. Send a smaller image.';
    return { status, code: 'IMAGE_TOO_LARGE', message };
  }
  return {
    status,
    code: 'BAD_REQUEST',
    message: `The request cannot be read: ${shortened(error.message, LONGEST_REASON)}`,
  };
}

/** Says in the header of HTTP, in whole seconds, when to come again, where the facts of an error say so. */
export function setRetryAfter(response: Response, facts: Readonly<Record<string, unknown>> = {}): void {
  const wait = facts['retryAfterMs'];
  if (typeof wait === 'number') response.set('Retry-After', String(Math.ceil(wait / 1000)));
}
