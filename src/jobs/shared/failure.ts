import { UnrecoverableError } from 'bullmq';
import { ERROR_CODES, type ErrorCode } from '../../errors.js';

/** Why a job failed, as its owner sees it. */
export interface JobFailure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** What a canceled job ends with on its queue. */
export const CANCELED_REASON = 'CANCELED';

export const MASKED: JobFailure = {
  code: 'INTERNAL_SERVER_ERROR',
  message:
    'The job failed because of a problem in the service. Retry it; if it fails again, give its id to the operator.',
};

/** The queue keeps one line of text for a failure; this is how code and message share it. */
function failureLine({ code, message }: JobFailure): string {
  return `${code}: ${message}`;
}

/** Reads that line back. What was not written by `failureLine` is an internal matter and stays masked. */
export function failureOf(line: string | undefined): JobFailure {
  const colon = line?.indexOf(': ') ?? -1;
  const code = ERROR_CODES.find((known) => known === line?.slice(0, colon));
  return line === undefined || code === undefined ? MASKED : { code, message: line.slice(colon + 2) };
}

/** Of the reasons that the owner is told, those that may be over by the next attempt. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['MODEL_UNAVAILABLE', 'STORAGE_UNAVAILABLE']);

/** What an attempt ends with for a reason that the owner is told. */
export function attemptError(failure: JobFailure): Error {
  const line = failureLine(failure);
  return PASSING.has(failure.code) ? new Error(line) : new UnrecoverableError(line);
}
