import type { ErrorRequestHandler, Response } from 'express';
import { concernsOperator, ERROR_DESCRIPTIONS } from '../../errors.js';
import { maskedFault, statedFault, type PublicFault, type ReportDefect } from '../../service/public-fault.js';
import { verdictOf } from '../request-errors.js';
import { recordOf } from '../request-log.js';
import { setRetryAfter } from '../request-errors.js';

/** What a client of the routes sees of an error: a status, and the reason in words. */
export function restErrors(report: ReportDefect): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    // A client that has gone, or its time is up after the answer began: there is nothing left to say.
    if (response.headersSent) {
      next(error);
      return;
    }
    // A body that cannot be read has a verdict of its own.
    const unread = verdictOf(error);
    if (unread) {
      if (concernsOperator(error)) report(error, [request.path]);
      answer(response, unread.status, unread);
      return;
    }
    const tell = (defect: unknown) => report(defect, [request.path]);
    const fault = statedFault(error, tell) ?? maskedFault(error, tell);
    answer(response, ERROR_DESCRIPTIONS[fault.code].status, fault);
  };
}

function answer(
  response: Response,
  status: number,
  { code, message, facts }: Omit<PublicFault, 'facts'> & Partial<Pick<PublicFault, 'facts'>>,
): void {
  recordOf(response)?.note({ code });
  setRetryAfter(response, facts);
  response.status(status).json({ message });
}
