import { CodedError } from '../errors.js';
import { troubleOf } from './backend.js';

const FACTS = { retryAfterMs: 3000 };

/** @param cause what the queue's store, or the way there, has thrown */
export function queueUnavailable(cause: unknown): CodedError {
  const trouble = troubleOf(cause);
  const why =
    trouble === undefined
      ? 'The job queue does not answer, so jobs can neither be queued nor looked up.'
      : `The job queue cannot be used at the moment, because ${trouble}.`;
  return new CodedError(
    'QUEUE_UNAVAILABLE',
    `${why} Other operations are not affected; try again in a few seconds.`,
    { cause, facts: FACTS },
  );
}
