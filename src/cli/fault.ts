import type { CombinedError } from '@urql/core';
import { z } from 'zod';
import { messageOf, type ErrorCode } from '../errors.js';

/** What can go wrong on this side of a service, beside the service's own codes. */
export type FaultCode =
  | ErrorCode
  | 'FILE_NOT_READ'
  | 'FILE_NOT_WRITTEN'
  | 'SERVER_UNREACHABLE'
  | 'RESULT_NOT_FETCHED'
  | 'JOB_CANCELED'
  | 'NOT_ANSWERED';

/** Why there is no result for one picture; the others go on. */
export class Fault extends Error {
  override readonly name = 'Fault';

  /** @param code one of `FaultCode`, or what a newer service says */
  constructor(
    readonly code: FaultCode | (string & {}),
    message: string,
  ) {
    super(message);
  }
}

/** Why a command cannot do its work at all; told in this one sentence. */
export class CommandFault extends Error {
  override readonly name = 'CommandFault';
}

const coded = z.object({ code: z.string() });
const closeEvent = z.object({ code: z.number() });
/** What the service closes a WebSocket with that has no valid key. */
const CLOSED_UNAUTHENTICATED = 4401;

/** What a service has answered instead of data, or that it has not answered. */
export function faultOf({ graphQLErrors, networkError, response }: CombinedError): Fault {
  const [first] = graphQLErrors;
  if (first) {
    const { data } = coded.safeParse(first.extensions);
    return new Fault(data?.code ?? 'INTERNAL_SERVER_ERROR', first.message);
  }
  const status = z.object({ status: z.number() }).safeParse(response).data?.status;
  const { data: closed } = closeEvent.safeParse(networkError);
  if (status === 401 || closed?.code === CLOSED_UNAUTHENTICATED)
    return new Fault('UNAUTHENTICATED', 'The server asks for a valid key.');
  if (status !== undefined)
    return new Fault(
      'SERVER_UNREACHABLE',
      `The server answered with HTTP status ${status}, and not as Okulo does.`,
    );
  return new Fault('SERVER_UNREACHABLE', `The server did not answer: ${reasonOf(networkError)}.`);
}

/**
 * Why something failed, for the end of a sentence: it has no full stop of its own. `ECONNREFUSED` rather than
 * 'fetch failed': the reason is in the cause. A socket gives one as it is closed.
 */
export function reasonOf(error: unknown): string {
  return withoutStop(reasonIn(error));
}

/** A sentence as part of another. */
export function withoutStop(sentence: string): string {
  return sentence.replace(/\.\s*$/, '');
}

/** A socket tells of its end by an event: of a close, or of an error. */
const ofSocket = z
  .object({ reason: z.string(), message: z.string(), error: coded.optional().catch(undefined) })
  .partial()
  .catch({});

function reasonIn(error: unknown): string {
  if (!(error instanceof Error)) {
    const { reason, message, error: cause } = ofSocket.parse(error);
    return cause?.code ?? (reason || message || 'the connection was lost');
  }
  const { cause } = error;
  return coded.safeParse(cause).data?.code ?? messageOf(cause ?? error);
}
