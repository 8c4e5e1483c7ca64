import type { Response } from 'express';

/** Says in the header of HTTP, in whole seconds, when to come again, where the facts of an error say so. */
export function setRetryAfter(response: Response, facts: Readonly<Record<string, unknown>> = {}): void {
  const wait = facts['retryAfterMs'];
  if (typeof wait === 'number') response.set('Retry-After', String(Math.ceil(wait / 1000)));
}
