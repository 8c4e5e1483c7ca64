/** Thrown when the time that the work was given is over. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Runs work that ends, at the latest, when the time is over or the caller aborts: then this rejects at once, with
 * a DeadlineError or the caller's reason, even where the work is slow to notice (a name server that is silent).
 *
 * @param timeoutMs for the work as a whole
 * @param work gets a signal that fires in both cases
 */
export async function withDeadline<T>(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  // Not AbortSignal.any and AbortSignal.timeout: on Node 20 the garbage collector can take that pair before it fires.
  const controller = new AbortController();
  const abandon = (): void => controller.abort(signal?.reason);
  signal?.addEventListener('abort', abandon, { once: true });
  const timer = setTimeout(() => {
    controller.abort(new DeadlineError(`Not done within ${timeoutMs} ms`));
  }, timeoutMs);
  try {
    return await Promise.race([work(controller.signal), rejection(controller.signal)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abandon);
  }
}

async function rejection(signal: AbortSignal): Promise<never> {
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true });
  });
  signal.throwIfAborted();
  throw new DeadlineError('Aborted');
}
