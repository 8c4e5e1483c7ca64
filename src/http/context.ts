import type { Request, Response } from 'express';
import type { Context, Services } from '../service/services.js';
import { holderOf } from './authenticate.js';
import { whenOver } from './exchange.js';
import { timeLimitOf } from './time-limit.js';

/** The context of one authenticated HTTP request; its signal aborts when the client has gone or the time is up. */
export function requestContext(
  services: Services,
  { request, response }: { request: Request; response: Response },
): Context {
  const gone = new AbortController();
  whenOver(request, response, () => {
    if (!response.writableFinished) gone.abort();
  });
  return {
    services,
    ...holderOf(response),
    signal: AbortSignal.any([gone.signal, timeLimitOf(response)]),
  };
}
