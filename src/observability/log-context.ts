import { AsyncLocalStorage } from 'node:async_hooks';

/** What a line of the log is about: a request, or a job. */
export type LogContext = { readonly requestId: string } | { readonly jobId: string };

const contexts = new AsyncLocalStorage<LogContext>();

/** Has every line that is logged by `work`, and by whatever it awaits or starts, say what it is about. */
export function withLogContext<T>(context: LogContext, work: () => T): T {
  return contexts.run(context, work);
}

/** What the work at hand is about; undefined outside of requests and jobs. */
export function logContext(): LogContext | undefined {
  return contexts.getStore();
}
