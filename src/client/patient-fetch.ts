import { Outage, type Patience } from './outage.js';

export interface PatientFetchOptions {
  readonly patience: Patience;
  /** Told of every answer, and of every failure after which the server is tried again. */
  readonly onState?: (state: 'open' | 'lost') => void;
}

/** An answer takes no longer than this; a server that is stopped in its tracks would be waited for without end. */
const ANSWER_LIMIT_MS = 120_000;
/** What a proxy says while there is no server behind it. */
const NO_SERVER = [502, 503, 504];

/**
 * A `fetch` that tries again while a server that has answered before is gone, for operations that may be sent
 * twice. A server that has never answered is not waited for. Answers are read whole before they are handed on, so
 * that one that breaks off is asked for again too.
 * @throws as `fetch` does, when the patience is at its end
 */
export function patientFetch({ patience, onState }: PatientFetchOptions): typeof fetch {
  const outage = new Outage(patience);
  let hasAnswered = false;
  const mayTryAgain = (): boolean => hasAnswered && outage.failed();
  return async (input, init) => {
    for (let attempts = 0; ; attempts += 1) {
      try {
        const response = await wholeAnswer(input, init);
        if (!isWithoutServer(response)) {
          hasAnswered = true;
          outage.answered();
          onState?.('open');
          return response;
        }
        if (!mayTryAgain()) return response;
      } catch (error) {
        if (init?.signal?.aborted || isTimeout(error) || !mayTryAgain()) throw error;
      }
      onState?.('lost');
      await outage.pause(attempts, init?.signal);
      init?.signal?.throwIfAborted();
    }
  };
}

async function wholeAnswer(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const limit = AbortSignal.timeout(ANSWER_LIMIT_MS);
  const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
  const response = await fetch(input, { ...init, signal });
  const { status, statusText, headers } = response;
  const body = await response.arrayBuffer();
  return new Response(body.byteLength > 0 ? body : null, { status, statusText, headers });
}

/** The service's own refusals are JSON: those are answers. */
function isWithoutServer({ status, headers }: Response): boolean {
  return NO_SERVER.includes(status) && !/json/.test(headers.get('content-type') ?? '');
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}
