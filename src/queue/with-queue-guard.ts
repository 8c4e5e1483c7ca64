import { CodedError } from '../errors.js';
import { queueUnavailable } from './queue-unavailable.js';

/**
 * Turns what BullMQ throws while its store is away, which has many names, into one error. A store that has
 * stopped answering is asked for a sign of life meanwhile: a call may take its time, but none waits for the dead.
 * @param ping rejects soon when the store does not answer
 */
export async function withQueueGuard<T>(ping: () => Promise<void>, call: () => Promise<T>): Promise<T> {
  try {
    const called = call();
    const dead = ping().then(() => called);
    // Whichever comes second is nobody's any more.
    called.catch(() => undefined);
    dead.catch(() => undefined);
    return await Promise.race([called, dead]);
  } catch (cause) {
    if (cause instanceof CodedError && cause.code !== 'QUEUE_UNAVAILABLE') throw cause;
    throw queueUnavailable(cause);
  }
}
