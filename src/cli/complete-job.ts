import type { Client } from '@urql/core';
import { followJob, type JobUpdate } from '../client/follow-job.js';
import {
  CancelJobDocument,
  SuperResolveDocument,
  type SuperResolveMutation,
  type SuperResolveMutationVariables,
} from '../client/operations.js';
import { messageOf } from '../errors.js';
import { ask } from './ask.js';
import { Fault, faultOf } from './fault.js';

/** For the cancellation of a job whose server may be gone. */
const CANCEL_LIMIT_MS = 5000;
const NEVER = new AbortController().signal;

/** A job that has come to its end, and to a result. */
export interface CompletedJob {
  readonly submitted: SuperResolveMutation['superResolve'];
  readonly job: JobUpdate;
  readonly result: NonNullable<JobUpdate['result']>;
}

/** What is done along the way. */
interface Following {
  readonly client: Client;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
  readonly tell: (words: string) => void;
}

/**
 * Submits a picture and follows its job to the end. When the signal aborts, the job is canceled.
 * @throws Fault as the job failed; the signal's reason
 */
export async function completeJob(
  variables: SuperResolveMutationVariables,
  { client, signal, onProgress, tell }: Following,
): Promise<CompletedJob> {
  signal.throwIfAborted();
  // Not given up half-way: a job that nobody knows of could not be canceled.
  const { superResolve: submitted } = await ask(client.mutation(SuperResolveDocument, variables), NEVER);
  const { id } = submitted;
  tell(`is job ${id}, ${submitted.outputWidth}x${submitted.outputHeight} pixels`);
  const job = await endOf(client, id, signal, onProgress).catch(async (error: unknown) => {
    if (signal.aborted) await cancel(client, id, tell);
    throw error;
  });
  if (job.result) return { submitted, job, result: job.result };
  const { code, message } = job.error ?? { code: 'JOB_CANCELED', message: `Job ${id} was canceled.` };
  throw new Fault(code, message);
}

/** The last state of a job. @throws Fault when there is none to be had; the signal's reason */
function endOf(
  client: Client,
  id: string,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<JobUpdate> {
  return new Promise((resolve, reject) => {
    let last: JobUpdate | undefined;
    const done = new AbortController();
    const leave = followJob(client, id, {
      next: (job) => {
        last = job;
        onProgress(job.progress.fraction);
      },
      end: () => {
        done.abort();
        if (last) resolve(last);
      },
      fail: (error) => {
        done.abort();
        reject(faultOf(error));
      },
    });
    const giveUp = (): void => {
      leave();
      reject(signal.reason as Error);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { signal: done.signal });
  });
}

/** A job that is over by now, or a server that is gone, leaves nothing to cancel. */
async function cancel(client: Client, id: string, tell: (words: string) => void): Promise<void> {
  const limit = AbortSignal.timeout(CANCEL_LIMIT_MS);
  await ask(client.mutation(CancelJobDocument, { id }), limit).then(
    () => tell(`job ${id} is canceled`),
    (error: unknown) => tell(`job ${id} is not canceled: ${messageOf(error)}`),
  );
}
