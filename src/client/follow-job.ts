import { CombinedError, type Client } from '@urql/core';
import { observe } from './observe.js';
import { JobUpdatedDocument, type JobUpdatedSubscription } from './operations.js';
import { Outage, pause, type Patience } from './outage.js';

export type JobUpdate = JobUpdatedSubscription['jobUpdated'];

export interface JobListener {
  /** The job as it is now, then every change, the last of them its end. */
  next(job: JobUpdate): void;
  /** Called once, after the job's last state, unless `fail` is. */
  end(): void;
  /** Called once: the service refuses to tell of the job, or cannot be reached. */
  fail(error: CombinedError): void;
}

/** How long the updates of a job that end before it does are asked for anew. */
const PATIENCE: Patience = { forMs: 40_000, longestPauseMs: 3000 };

/**
 * Follows a job to its end. Updates that end before it (a service that stops may send a farewell to each of its
 * subscribers) and refusals that tell when to come again are no end: the job is asked for anew.
 * @param patience how long that is done
 * @returns what ends it from this side; nothing is called from then on
 */
export function followJob(
  client: Client,
  id: string,
  listener: JobListener,
  patience = PATIENCE,
): () => void {
  const outage = new Outage(patience);
  const over = new AbortController();
  let last = '';
  let attempts = 0;

  const settle = (tell: () => void): void => {
    if (over.signal.aborted) return;
    over.abort();
    tell();
  };
  const next = (job: JobUpdate): void => {
    const state = JSON.stringify(job);
    if (state !== last) {
      outage.answered();
      attempts = 0;
    }
    last = state;
    listener.next(job);
    if (isOver(job)) settle(() => listener.end());
  };
  const again = async (reason: CombinedError, retryAfterMs = 0): Promise<void> => {
    if (!outage.failed()) {
      settle(() => listener.fail(reason));
      return;
    }
    await pause(retryAfterMs, over.signal);
    await outage.pause(attempts, over.signal);
    attempts += 1;
    open();
  };
  const open = (): void => {
    if (over.signal.aborted) return;
    const attempt = new AbortController();
    const anew = (reason: CombinedError, retryAfterMs?: number): void => {
      if (attempt.signal.aborted) return;
      attempt.abort();
      void again(reason, retryAfterMs);
    };
    const leave = observe(client.subscription(JobUpdatedDocument, { id }), {
      next: ({ data, error }) => {
        if (over.signal.aborted || attempt.signal.aborted) return;
        const retryAfterMs = error && retryAfterOf(error);
        if (error && retryAfterMs === undefined) settle(() => listener.fail(error));
        else if (error) anew(error, retryAfterMs);
        else if (data) next(data.jobUpdated);
        else anew(ENDED_EARLY);
      },
      end: () => anew(ENDED_EARLY),
    });
    const ends = AbortSignal.any([over.signal, attempt.signal]);
    // It may have come to its end before there was anything to leave.
    if (ends.aborted) leave();
    else ends.addEventListener('abort', leave);
  };
  open();
  return () => over.abort();
}

const ENDED_EARLY = new CombinedError({
  networkError: new Error('the updates of the job ended before the job did'),
});

/** Whether a job has come to its end. */
export function isOver({ status }: Pick<JobUpdate, 'status'>): boolean {
  switch (status) {
    case 'QUEUED':
    case 'RUNNING':
      return false;
    case 'COMPLETED':
    case 'FAILED':
    case 'CANCELED':
      return true;
  }
}

/** When to come again, where the service says so. */
function retryAfterOf({ graphQLErrors: [first] }: CombinedError): number | undefined {
  const wait = first?.extensions['retryAfterMs'];
  return typeof wait === 'number' ? wait : undefined;
}
