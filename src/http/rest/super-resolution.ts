import { CodedError } from '../../errors.js';
import { base64Of, MAX_BASE64_BYTES } from '../../service/base64.js';
import type { Context } from '../../service/services.js';
import { submitJob } from '../../service/submit-job.js';
import type { Size } from '../../imaging/picture.js';
import { decodeCost, encodeCost } from '../../tasks/cost-estimate.js';
import { isTerminal, type JobState } from '../../jobs/shared/job-state.js';
import type { RestBody } from './rest-body.js';
import { bytesInWords } from '../../size-words.js';

/**
 * `{"super": <base64>}`: a PNG of four times the width and height, its red and blue exchanged; always of three
 * channels, on white. It is made by a job, like every enlargement, and waited for; a request that is given up leaves
 * the job running, and the same request again joins it.
 */
export async function superResolution(
  { image }: RestBody,
  _query: unknown,
  context: Context,
): Promise<{ super: string }> {
  const request = { image: { base64: image }, format: 'PNG', model: null, idempotencyKey: null } as const;
  const { id } = await submitJob(request, context);
  const { result, failure, status } = await ended(id, context);
  if (failure) throw new CodedError(failure.code, failure.message);
  if (!result) throw new CodedError('JOB_NOT_FOUND', `The job ${id} is ${status}. Send the image again.`);
  if (result.bytes > MAX_BASE64_BYTES) {
    throw new CodedError(
      'IMAGE_TOO_LARGE',
      `The result has ${bytesInWords(result.bytes, Math.ceil)}, and at most ${bytesInWords(MAX_BASE64_BYTES)} are sent as base64. Ask for its address by GraphQL: job(id: "${id}") { result { url } }.`,
    );
  }
  const bytes = await context.services.store.get(result.key);
  if (!bytes) throw new CodedError('JOB_NOT_FOUND', 'The result is no longer kept. Send the image again.');
  return { super: base64Of(await asClientsExpect(bytes, result, context)) };
}

/** Red and blue are exchanged: see encoded-image.ts. The stored result, which GraphQL's clients get, stays right. */
async function asClientsExpect(
  png: Uint8Array,
  size: Size,
  { services, signal }: Context,
): Promise<Uint8Array> {
  const work = decodeCost(size) + encodeCost(size);
  return (await services.runner.run('exchangeRedAndBlue', { png }, { work, signal, give: [png] })).result;
}

async function ended(id: string, { services, owner, signal }: Context): Promise<JobState> {
  for await (const state of await services.jobs.follow(owner, id, signal)) {
    if (isTerminal(state.status)) return state;
  }
  throw new CodedError(
    'TIMEOUT',
    `Job ${id} takes longer than one request may. Send the same request again: it continues with this job.`,
  );
}
