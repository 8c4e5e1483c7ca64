import type { RequestHandler, Response } from 'express';
import { CodedError } from '../errors.js';
import { recordOf } from './request-log.js';

/**
 * Gives a request its time, which counts from its first byte: the work on it hears of the end by `timeLimitOf`. One
 * that has not come whole by then has no claim on its connection any more.
 * @param refuse answers a request that nobody works on yet
 */
export function timeLimit(
  limitMs: number,
  refuse: (error: CodedError, response: Response) => void,
): RequestHandler {
  return (request, response, next) => {
    const over = new AbortController();
    const locals = response.locals as Locals;
    locals.timeLimit = over.signal;
    const timer = setTimeout(() => {
      over.abort(new DOMException('The time limit of the request', 'TimeoutError'));
      if (request.complete) return;
      if (response.writableEnded) request.destroy();
      if (response.headersSent) return;
      // Node ends the connection with the answer, and does not wait for what is still to come.
      response.set('Connection', 'close');
      if (locals.working === true) return;
      recordOf(response)?.note({ code: 'TIMEOUT' });
      refuse(tooSlow(limitMs), response);
    }, limitMs);
    response.once('close', () => {
      // An early refusal does not set free a sender who goes on for ever.
      if (request.complete || request.destroyed) clearTimeout(timer);
      else request.once('close', () => clearTimeout(timer)).once('end', () => clearTimeout(timer));
    });
    next();
  };
}

/** Begins the work on a request; see `timeLimit`. */
export function timeLimitOf(response: Response): AbortSignal {
  const locals = response.locals as Locals;
  locals.working = true;
  // A route that forgot its limit must not work for ever.
  if (locals.timeLimit === undefined) throw new Error('Expected the request to have a time limit');
  return locals.timeLimit;
}

interface Locals {
  timeLimit?: AbortSignal;
  working?: boolean;
}

function tooSlow(limitMs: number): CodedError {
  return new CodedError(
    'TIMEOUT',
    `Expected the whole request within ${limitMs / 1000} seconds, and a part of it did not arrive. Send a smaller image, or try again over a faster connection.`,
  );
}
