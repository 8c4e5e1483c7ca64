import { CodedError, concernsOperator, ends, type ErrorCode } from '../errors.js';

/** Told of what stays masked, a defect or the cause of what does not work, so that somebody can look into it. */
export type ReportDefect = (error: unknown, path: readonly (string | number)[] | undefined) => void;

/** What a client is shown of an error, whatever the protocol. */
export interface PublicFault {
  readonly code: ErrorCode;
  readonly message: string;
  /** For programs. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** In characters: of our own words none are longer, a list of all labels included. */
const LONGEST_MESSAGE = 2000;

/**
 * What is said to clients on purpose: the code and words of a `CodedError`, and that a request's time is up.
 * Undefined for anything else.
 * @param report told of what concerns the operator as well
 */
export function statedFault(error: unknown, report: (error: unknown) => void): PublicFault | undefined {
  if (error instanceof CodedError) {
    if (concernsOperator(error)) report(error);
    return { code: error.code, message: ends(error.message, LONGEST_MESSAGE), facts: { ...error.facts } };
  }
  if (error instanceof Error && error.name === 'TimeoutError') return timeout(TOO_LONG);
  if (error instanceof Error && error.name === 'AbortError') return timeout('The request was given up.');
  return undefined;
}

const TOO_LONG = 'The request took longer than is allowed. Send a smaller image, or try again later.';

function timeout(message: string): PublicFault {
  return { code: 'TIMEOUT', message, facts: {} };
}

/** What is shown of a defect, which is reported instead. */
export function maskedFault(error: unknown, report: (error: unknown) => void): PublicFault {
  report(error);
  return {
    code: 'INTERNAL_SERVER_ERROR',
    message:
      'Something went wrong in the service. It has been logged; try again, and tell the operator if it happens again.',
    facts: {},
  };
}
