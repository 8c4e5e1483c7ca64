import type { Client } from '@urql/core';
import {
  CancelJobDocument,
  JobUpdatedDocument,
  SuperResolveDocument,
  type JobUpdatedSubscription,
  type SuperResolveMutation,
  type SuperResolveMutationVariables,
} from '../client/operations.js';
import { messageOf } from '../errors.js';
import { ask, firstOf } from './ask.js';
import { Fault } from './fault.js';

/** For the cancellation of a job whose server may be gone. */
const CANCEL_LIMIT_MS = 5000;
const NEVER = new AbortController().signal;

type Job = JobUpdatedSubscription['jobUpdated'];

/** A job that has come to its end, and to a result. */
export interface CompletedJob {
  readonly submitted: SuperResolveMutation['superResolve'];
  readonly job: Job;
  readonly result: NonNullable<Job['result']>;
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
export async function followJob(
  variables: SuperResolveMutationVariables,
  { client, signal, onProgress, tell }: Following,
): Promise<CompletedJob> {
  signal.throwIfAborted();
  // Not given up half-way: a job that nobody knows of could not be canceled.
  const { superResolve: submitted } = await ask(client.mutation(SuperResolveDocument, variables), NEVER);
  const { id } = submitted;
  tell(`is job ${id}, ${submitted.outputWidth}x${submitted.outputHeight} pixels`);
  const source = client.subscription(JobUpdatedDocument, { id });
  const job = await firstOf(source, signal, ({ jobUpdated }) => {
    onProgress(jobUpdated.progress.fraction);
    return isOver(jobUpdated) ? jobUpdated : undefined;
  }).catch(async (error: unknown) => {
    if (signal.aborted) await cancel(client, id, tell);
    throw error;
  });
  if (job.result) return { submitted, job, result: job.result };
  const { code, message } = job.error ?? { code: 'JOB_CANCELED', message: `Job ${id} was canceled.` };
  throw new Fault(code, message);
}

function isOver({ status }: Job): boolean {
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

/** A job that is over by now, or a server that is gone, leaves nothing to cancel. */
async function cancel(client: Client, id: string, tell: (words: string) => void): Promise<void> {
  const limit = AbortSignal.timeout(CANCEL_LIMIT_MS);
  await ask(client.mutation(CancelJobDocument, { id }), limit).then(
    () => tell(`job ${id} is canceled`),
    (error: unknown) => tell(`job ${id} is not canceled: ${messageOf(error)}`),
  );
}
