import type { Request, Response } from 'express';
import type { Context, Services } from '../graphql/services.js';

/** Without keys there is one owner: whoever can reach the service. */
export const ANONYMOUS = 'anonymous';

/** The context of one HTTP request; its signal aborts when the client has gone or the time is up. */
export function requestContext(
  services: Services,
  { response }: { request: Request; response: Response },
  timeoutMs: number,
): Context {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return {
    services,
    owner: ANONYMOUS,
    signal: AbortSignal.any([gone.signal, AbortSignal.timeout(timeoutMs)]),
  };
}
