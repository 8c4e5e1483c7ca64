import type { OperationResult, OperationResultSource } from '@urql/core';
import { Fault, faultOf } from './fault.js';

type Source<Data> = OperationResultSource<OperationResult<Data>>;

/**
 * The answer to a query or a mutation; an aborted signal gives the request up.
 * @throws Fault as the service answered; the signal's reason
 */
export function ask<Data>(source: Source<Data>, signal: AbortSignal): Promise<Data> {
  return firstOf(source, signal, (data) => data);
}

/**
 * Follows a source until a choice is made of what comes.
 * @param choose undefined to go on
 * @throws Fault as the service answered; the signal's reason
 */
export function firstOf<Data, Chosen>(
  source: Source<Data>,
  signal: AbortSignal,
  choose: (data: Data) => Chosen | undefined,
): Promise<Chosen> {
  return new Promise((resolve, reject) => {
    const settled = new AbortController();
    const settle = (how: () => void): void => {
      signal.removeEventListener('abort', giveUp);
      settled.abort();
      how();
    };
    const giveUp = (): void => settle(() => reject(signal.reason as Error));
    if (signal.aborted) {
      giveUp();
      return;
    }
    signal.addEventListener('abort', giveUp);
    const following = source.subscribe(({ data, error }) => {
      if (settled.signal.aborted) return;
      if (error) {
        settle(() => reject(faultOf(error)));
        return;
      }
      if (data == null) {
        const fault = new Fault('SERVER_UNREACHABLE', 'The server answered, and not as Okulo does.');
        settle(() => reject(fault));
        return;
      }
      const chosen = choose(data);
      if (chosen !== undefined) settle(() => resolve(chosen));
    });
    // The first result may have come before there was anything to end.
    if (settled.signal.aborted) following.unsubscribe();
    else settled.signal.addEventListener('abort', () => following.unsubscribe());
  });
}
