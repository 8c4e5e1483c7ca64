import { z } from 'zod';
import { dataOf, type GraphqlClient } from './graphql-client.js';
import { operation } from './service-operations.js';
import { inBase64, picture, type PictureOptions } from './service-pictures.js';

const jobErrorShape = z.object({ code: z.string(), message: z.string() }).nullable();

const submittedShape = z.object({
  superResolve: z.object({
    id: z.string(),
    status: z.string(),
    position: z.number().nullable(),
    outputWidth: z.number(),
    outputHeight: z.number(),
    input: z.object({ width: z.number(), height: z.number(), sha256: z.string() }),
    model: z.object({ id: z.string() }),
  }),
});
export type SubmittedJob = z.infer<typeof submittedShape>['superResolve'];

const updateShape = z.object({
  jobUpdated: z.object({
    id: z.string(),
    status: z.string(),
    position: z.number().nullable(),
    progress: z.object({ tilesDone: z.number(), tilesTotal: z.number(), fraction: z.number() }),
    result: z
      .object({ url: z.string(), width: z.number(), height: z.number(), bytes: z.number() })
      .nullable(),
    error: jobErrorShape,
  }),
});
export type JobUpdate = z.infer<typeof updateShape>['jobUpdated'];

const jobShape = z.object({
  id: z.string(),
  status: z.string(),
  position: z.number().nullable(),
  attempts: z.number(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  outputWidth: z.number(),
  outputHeight: z.number(),
  progress: z.object({ tilesDone: z.number(), tilesTotal: z.number(), fraction: z.number() }),
  preview: z.object({ url: z.string(), width: z.number(), height: z.number() }).nullable(),
  result: z
    .object({ url: z.string(), expiresAt: z.string(), mediaType: z.string(), bytes: z.number() })
    .nullable(),
  error: jobErrorShape,
});
export type Job = z.infer<typeof jobShape>;

export interface Submission {
  readonly image?: Uint8Array;
  readonly format?: 'PNG' | 'JPEG' | 'WEBP';
  readonly idempotencyKey?: string;
}

/** Queues a picture by the operation SuperResolve. */
export async function submit(
  client: GraphqlClient,
  { image, ...options }: Submission = {},
): Promise<SubmittedJob> {
  const bytes = image ?? (await picture());
  const variables = { image: inBase64(bytes), ...options };
  return (await client.run('super-resolve', submittedShape, variables)).superResolve;
}

/** A picture of so many tiles that there is time to watch, with the tile edge of `SMALL_TILES`. */
export function manyTiles(options: Pick<PictureOptions, 'seed'> = {}): Promise<Buffer> {
  return picture({ width: 320, height: 240, ...options });
}

/**
 * Queues so many small pictures that a worker is busy with them for a while; a large one would let small ones
 * pass. Their seeds count from the given one.
 */
export async function pileUp(client: GraphqlClient, seed: number, length = 12): Promise<void> {
  const images = Array.from({ length }, (_, n) => picture({ width: 128, height: 64, seed: seed + n }));
  for (const image of await Promise.all(images)) await submit(client, { image });
}

/** The configuration of workers that makes many tiles of a small picture. */
export const SMALL_TILES = { SUPER_RESOLUTION_TILE: '32' };

/** A job by the operation Job; null where there is none. */
export async function job(client: GraphqlClient, id: string): Promise<Job | null> {
  return (await client.run('job', z.object({ job: jobShape.nullable() }), { id })).job;
}

/** The states of a job by the subscription JobUpdated, to its end. */
export async function* updates(client: GraphqlClient, id: string): AsyncGenerator<JobUpdate> {
  for await (const answer of client.stream(operation('job-updated'), { id })) {
    yield dataOf(answer, updateShape).jobUpdated;
  }
}

/** All states of a job from now to its end. */
export async function follow(client: GraphqlClient, id: string): Promise<JobUpdate[]> {
  const seen: JobUpdate[] = [];
  for await (const update of updates(client, id)) seen.push(update);
  return seen;
}

/** The first state of a job that is as wished. @throws when it ends before */
export async function until(
  client: GraphqlClient,
  id: string,
  isWished: (update: JobUpdate) => boolean,
): Promise<JobUpdate> {
  let last: JobUpdate | undefined;
  for await (const update of updates(client, id)) {
    if (isWished(update)) return update;
    last = update;
  }
  throw new Error(`The job ended without that; last it was ${JSON.stringify(last)}`);
}

/** Waits for a job's end, which has to be a good one. */
export async function completed(
  client: GraphqlClient,
  id: string,
): Promise<NonNullable<JobUpdate['result']>> {
  const { result } = await until(client, id, ({ status }) => status === 'COMPLETED');
  if (result === null) throw new Error(`Job ${id} is completed and has no result`);
  return result;
}

/** A state with at least one tile done and at least one to do. */
export function isHalfway({ status, progress }: JobUpdate): boolean {
  return status === 'RUNNING' && progress.tilesDone > 0 && progress.tilesDone < progress.tilesTotal;
}
