/** Thrown when the time that the work was given is over. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * The result of work that cannot be stopped, or a DeadlineError when the time is over first.
 * @param limitMs for the work as a whole
 */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(`no answer within ${limitMs / 1000} s`)), limitMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** The result of work that cannot be stopped. @throws the signal's reason when it fires first */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let abort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (abort) signal.removeEventListener('abort', abort);
  }
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
    return await unlessAborted(controller.signal, work(controller.signal));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abandon);
  }
}
