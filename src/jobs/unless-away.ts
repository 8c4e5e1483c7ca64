import { CodedError } from '../errors.js';

/** What BullMQ throws while its store is away has many names; none of them is the caller's business. */
export async function unlessAway<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof CodedError) throw cause;
    throw new CodedError(
      'QUEUE_UNAVAILABLE',
      'The job queue does not answer, so jobs can neither be queued nor looked up. Other operations are not affected; try again in a few seconds.',
      { cause, facts: { retryAfterMs: 3000 } },
    );
  }
}
