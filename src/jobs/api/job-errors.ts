import { CodedError, shortened } from '../../errors.js';
import type { JobState } from '../shared/job-state.js';

export function notCancelable({ id, status }: JobState): CodedError {
  return new CodedError(
    'JOB_NOT_CANCELABLE',
    `Job ${id} is ${status} already. Only queued and running jobs can be canceled.`,
  );
}

export function notFinished({ id, status }: JobState): CodedError {
  return new CodedError(
    'JOB_NOT_FINISHED',
    `Job ${id} is ${status}, and only finished jobs can be deleted. Cancel it first.`,
  );
}

export function stillStopping(id: string): CodedError {
  return new CodedError('BAD_USER_INPUT', `Job ${id} is still being stopped. Try again in a moment.`, {
    facts: { retryAfterMs: 10_000 },
  });
}

export function notFound(id: string): CodedError {
  return new CodedError(
    'JOB_NOT_FOUND',
    `There is no job '${shortened(id)}'. Jobs and their results are kept for a limited time.`,
  );
}
