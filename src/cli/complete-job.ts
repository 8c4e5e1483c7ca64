import type { Client } from '@urql/core';
import type { JobUpdate } from '../client/follow-job.js';
import {
  CancelJobDocument,
  SuperResolveDocument,
  type SuperResolveMutation,
  type SuperResolveMutationVariables,
} from '../client/operations.js';
import { messageOf } from '../errors.js';
import { ask } from './ask.js';
import { endOf } from './end-of-job.js';
import { Fault } from './fault.js';

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
  const job = await endOf(client, id, signal, ({ progress }) => onProgress(progress.fraction)).catch(
    async (error: unknown) => {
      if (signal.aborted) await cancel(client, id, tell);
      throw error;
    },
  );
  if (job.result) return { submitted, job, result: job.result };
  const { code, message } = job.error ?? { code: 'JOB_CANCELED', message: `Job ${id} was canceled.` };
  throw new Fault(code, message);
}

/** A job that is over by now, or a server that is gone, leaves nothing to cancel. */
async function cancel(client: Client, id: string, tell: (words: string) => void): Promise<void> {
  const limit = AbortSignal.timeout(CANCEL_LIMIT_MS);
  await ask(client.mutation(CancelJobDocument, { id }), limit).then(
    () => tell(`job ${id} is canceled`),
    (error: unknown) => tell(`job ${id} is not canceled: ${messageOf(error)}`),
  );
}
