import type { ErrorRequestHandler } from 'express';
import type { ErrorCode } from '../../errors.js';
import { publicError, type ReportDefect } from '../../graphql/errors.js';
import { verdictOf } from '../request-errors.js';

/** What a client of the routes sees of an error: a status, and the reason in words. */
export function restErrors(report: ReportDefect): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    // A client that has gone, or its time is up after the answer began: there is nothing left to say.
    if (response.headersSent) {
      next(error);
      return;
    }
    // A body that can not be read has a verdict of its own.
    const unread = verdictOf(error);
    if (unread) {
      response.status(unread.status).json({ message: unread.message });
      return;
    }
    const { message, extensions } = publicError(error, (defect) => report(defect, [request.path]));
    const wait = extensions?.['retryAfterMs'];
    if (typeof wait === 'number') response.set('Retry-After', String(Math.ceil(wait / 1000)));
    response.status(STATUS[extensions?.['code'] as ErrorCode]).json({ message });
  };
}

const STATUS: Readonly<Record<ErrorCode, number>> = {
  BAD_IMAGE: 400,
  BAD_USER_INPUT: 400,
  IMAGE_FETCH_FAILED: 400,
  URL_FORBIDDEN: 400,
  QUERY_TOO_COSTLY: 400,
  JOB_NOT_CANCELABLE: 409,
  IMAGE_TOO_LARGE: 413,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  MODEL_NOT_FOUND: 404,
  JOB_NOT_FOUND: 404,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
  MODEL_UNAVAILABLE: 503,
  OVERLOADED: 503,
  QUEUE_UNAVAILABLE: 503,
  TIMEOUT: 504,
};
