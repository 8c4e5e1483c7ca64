import { createHash } from 'node:crypto';
import { z } from 'zod';
import { dataOf, type GraphqlClient } from '../kit/graphql-client.js';
import { operation } from '../kit/service-operations.js';
import { inBase64 } from '../kit/service-pictures.js';
import type { Order } from './job-mix.js';
import { askUntilAnswered } from './patience.js';

const submittedShape = z.object({ superResolve: z.object({ id: z.string() }) });
const jobShape = z.object({
  job: z
    .object({
      status: z.string(),
      finishedAt: z.string().nullable(),
      result: z.object({ url: z.string() }).nullable(),
      error: z.object({ code: z.string(), message: z.string() }).nullable(),
    })
    .nullable(),
});
const count = z.object({ totalCount: z.number() });
const endedShape = z.object({ completed: count, failed: count, canceled: count });

/** A job as the service tells it when asked; null where it knows of none. */
export type JobAnswer = z.infer<typeof jobShape>['job'];

const ENDED = `{
  completed: jobs(first: 1, status: COMPLETED) { totalCount }
  failed: jobs(first: 1, status: FAILED) { totalCount }
  canceled: jobs(first: 1, status: CANCELED) { totalCount }
}`;

/** A client who comes again when the service or its queue is away, until its signal ends that. */
export class PatientClient {
  readonly #client: GraphqlClient;
  readonly #signal: AbortSignal;

  constructor(client: GraphqlClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  /** @returns the job's id */
  async submit({ image, format }: Order): Promise<string> {
    const variables = { image: inBase64(image), format };
    const answer = await this.#ask(operation('super-resolve'), variables);
    return dataOf(answer, submittedShape).superResolve.id;
  }

  async job(id: string): Promise<JobAnswer> {
    return dataOf(await this.#ask(operation('job'), { id }), jobShape).job;
  }

  /** How many jobs of all have come to an end, whichever. */
  async ended(): Promise<number> {
    const { completed, failed, canceled } = dataOf(await this.#ask(ENDED, {}), endedShape);
    return completed.totalCount + failed.totalCount + canceled.totalCount;
  }

  #ask(query: string, variables: Readonly<Record<string, unknown>>) {
    return askUntilAnswered(() => this.#client.post(query, variables), this.#signal);
  }
}

/** SHA-256 of what a result's address leads to; what came instead, where that is no result. */
export async function digestOf(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) return `HTTP ${response.status}`;
  return createHash('sha256')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex');
}
