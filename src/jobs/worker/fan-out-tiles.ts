import type { Job } from 'bullmq';
import type { Tile } from '../../imaging/tiles.js';
import type { PreparedModel } from '../../registry/prepared-model.js';
import type { ObjectStore } from '../../storage/object-store.js';
import { chunkId, chunksOf, workOfTiles, type Chunk } from '../shared/chunks.js';
import {
  keepsAlpha,
  progressSchema,
  type JobPayload,
  type JobProgress,
  type JobResult,
} from '../shared/contract.js';
import { attemptError, failureOf, MASKED } from '../shared/failure.js';
import { finishedTiles } from '../shared/finished-tiles.js';
import type { Queues } from '../shared/queues.js';

/** A chunk has these in each attempt of its picture. */
const CHUNK_ATTEMPTS = 3;
/** Nobody looks at a finished chunk once its picture is done: they are kept by number, and by age in seconds. */
const FINISHED = { count: 5000, age: 24 * 60 * 60 };

/**
 * Queues what is missing of a large picture as children of its job. Called again, in any process and after any
 * accident, it finds what is there already: the tiles in storage, and the chunks on their queue.
 * @returns whether there is anything to wait for; if not, all tiles are in storage
 * @throws Error, an UnrecoverableError where another attempt would change nothing, when the chunks have ended
 *   and tiles are missing all the same
 */
export async function fanOutTiles(
  job: Job<JobPayload, JobResult>,
  jobId: string,
  payload: JobPayload,
  tiles: readonly Tile[],
  model: PreparedModel,
  { store, queues }: { store: Pick<ObjectStore, 'list'>; queues: Queues },
): Promise<boolean> {
  const finished = await finishedTiles(jobId, payload, store);
  const missing = chunksOf(tiles).filter((chunk) => !chunk.tiles.every(finished.has));
  const told = progressSchema.safeParse(job.progress).data;
  const report = (chunks: readonly Chunk[]) =>
    job.updateProgress({
      tilesDone: tiles.filter(finished.has).length,
      tilesTotal: tiles.length,
      startedAt: told?.startedAt ?? Date.now(),
      chunks: chunks.map(({ index }) => index),
    } satisfies JobProgress);
  if (missing.length === 0) {
    await report([]);
    return false;
  }

  const states = await Promise.all(
    missing.map(({ index }) => queues.chunks.getJobState(chunkId(jobId, payload.round, index))),
  );
  if (states.every((state) => state === 'completed' || state === 'failed')) {
    await report([]);
    // Their ids are taken; another attempt needs new ones.
    await job.updateData({ ...payload, round: payload.round + 1 });
    throw await failureOfChunks(job, jobId, payload.round);
  }
  const absent = missing.filter((_chunk, index) => states[index] === 'unknown');
  // Those that are under way go on telling what they have done since they were queued.
  if (absent.length === missing.length) await report(missing);
  await Promise.all(
    absent.map((chunk) =>
      enqueue(chunk, chunk.tiles.filter(finished.has).length, jobId, payload, model, queues),
    ),
  );
  return true;
}

async function enqueue(
  { index, tiles }: Chunk,
  finished: number,
  jobId: string,
  payload: JobPayload,
  model: PreparedModel,
  { jobs, chunks }: Queues,
): Promise<void> {
  const { round } = payload;
  const work = workOfTiles(model, tiles, keepsAlpha(payload));
  await chunks.add(
    'chunk',
    { job: jobId, index, finished, work },
    {
      jobId: chunkId(jobId, round, index),
      parent: { id: jobId, queue: jobs.qualifiedName },
      // The picture's job goes on when all have ended, and sees for itself what is missing.
      ignoreDependencyOnFailure: true,
      attempts: CHUNK_ATTEMPTS,
      backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
      removeOnComplete: FINISHED,
      removeOnFail: FINISHED,
    },
  );
}

/** What its chunks failed of is what the picture fails of. */
async function failureOfChunks(job: Job, jobId: string, round: number): Promise<Error> {
  const failures = Object.entries(await job.getIgnoredChildrenFailures());
  const ofThisRound = failures.filter(([key]) => key.includes(`${jobId}-${round}-`));
  const lines = ofThisRound.map(([, line]) => line);
  const told = lines.find((line) => failureOf(line) !== MASKED);
  if (told !== undefined) return attemptError(failureOf(told));
  return new Error(lines[0] ?? 'Tiles of the picture are missing although all its parts are done');
}
