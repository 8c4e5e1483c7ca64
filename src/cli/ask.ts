import type { OperationResult, OperationResultSource } from '@urql/core';
import { observe } from '../client/observe.js';
import { Fault, faultOf } from './fault.js';

/**
 * The answer to a query or a mutation; an aborted signal gives the request up.
 * @throws Fault as the service answered, or that it did not; the signal's reason
 */
export function ask<Data>(
  source: OperationResultSource<OperationResult<Data>>,
  signal: AbortSignal,
): Promise<Data> {
  return new Promise((resolve, reject) => {
    const settled = new AbortController();
    const settle = (how: () => void): void => {
      if (settled.signal.aborted) return;
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
    const leave = observe(source, {
      next: ({ data, error }) => {
        if (error) settle(() => reject(faultOf(error)));
        else if (data == null) settle(() => reject(notOkulo()));
        else settle(() => resolve(data));
      },
      end: () => settle(() => reject(notOkulo())),
    });
    // The answer may have come before there was anything to leave.
    if (settled.signal.aborted) leave();
    else settled.signal.addEventListener('abort', leave);
  });
}

function notOkulo(): Fault {
  return new Fault('SERVER_UNREACHABLE', 'The server answered, and not as Okulo does.');
}
