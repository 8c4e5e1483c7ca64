import type { EventEmitter } from 'node:events';
import {
  UnrecoverableError,
  WaitingChildrenError,
  WaitingError,
  type Job,
  type QueueEventsListener,
} from 'bullmq';
import { CodedError, messageOf, type ErrorCode } from '../../errors.js';
import type { Tile } from '../../imaging/tiles.js';
import { inSpan, noteOnSpan } from '../../observability/tracing.js';
import { withLogContext } from '../../observability/log-context.js';
import type { ReadyModel } from '../../registry/catalog.js';
import { outputFor, type PreparedModel } from '../../registry/prepared-model.js';
import { backToQueue } from '../shared/back-to-queue.js';
import type { JobEvents, JobWorker, JobWorkerOptions, QueueBackend } from '../../queue/backend.js';
import { chunksOf, isLarge, tilesOfJob } from '../shared/chunks.js';
import {
  CANCEL_EVENT,
  chunkSchema,
  keysOf,
  payloadSchema,
  SUPER_RESOLUTION,
  SUPER_RESOLUTION_TILES,
  type ChunkPayload,
  type JobPayload,
  type JobProgress,
  type JobResult,
} from '../shared/contract.js';
import { fanOutTiles } from './fan-out-tiles.js';
import type { Queues } from '../shared/queues.js';
import { attemptError, CANCELED_REASON, failureOf } from '../shared/failure.js';
import { PaceMeter } from '../shared/pace.js';
import { stitch } from './stitch.js';
import { upscale } from './upscale.js';
import { upscaleChunk } from './upscale-chunk.js';
import { CANCELED, HAND_BACK, ActiveJobs } from './active-jobs.js';
import type { JobDependencies } from './job-dependencies.js';

/** A worker that is gone is noticed after at most so long, and its job starts again elsewhere. */
const LOCK_MS = 15_000;
const LOOK_FOR_LOST_JOBS_MS = 5000;
/** A job may lose its worker this often: machines are taken away at any time, and finished tiles are kept. */
const MAX_LOST_WORKERS = 20;
/** A worker with many threads still has few pictures open at a time. */
const MAX_JOBS_AT_ONCE = 4;

export interface ConsumerOptions extends Omit<JobDependencies, 'pace'> {
  /** @throws CodedError when there is no such model, or it cannot be had */
  readonly model: (id: string) => Promise<ReadyModel>;
  /** Has whatever takes processes away leave this one alone while it works on a job. */
  readonly protect?: <T>(work: () => Promise<T>) => Promise<T>;
  /** Told of jobs that fail, for the log. */
  readonly onFailed: (jobId: string, error: unknown) => void;
  /** Told of jobs that have ended here. */
  readonly onEnded?: (jobId: string, ended: EndedJob) => void;
  /** Told of attempts, at jobs or chunks, that have failed and are made again. */
  readonly onRetry?: () => void;
  /** Told of jobs and chunks whose worker is gone. */
  readonly onStalled?: () => void;
}

/** How a job has ended. */
export interface EndedJob {
  readonly state: 'completed' | 'failed' | 'canceled';
  /** Why it failed. */
  readonly code?: ErrorCode;
  /** Milliseconds from its queueing to its last beginning. */
  readonly waited: number;
  /** Milliseconds from its queueing to its end. */
  readonly took: number;
}

interface CancelListener extends QueueEventsListener {
  [CANCEL_EVENT]: (event: { jobId: string }, id: string) => void;
}

/**
 * Takes super resolution jobs off their queues and carries them out: whole small pictures, the chunks of large
 * ones, and the stitching of those. Small and large ones come from queues of their own and share the threads
 * evenly, so that neither waits for all of the other.
 */
export class Consumer {
  readonly #jobs: JobWorker<JobPayload, JobResult>;
  readonly #chunks: JobWorker<ChunkPayload, number>;
  readonly #ignoreCancels: () => void;
  readonly #queues: Queues;
  readonly #options: ConsumerOptions & JobDependencies;
  readonly #active = new ActiveJobs();
  readonly #endings = new Set<Promise<void>>();

  private constructor(backend: QueueBackend, events: JobEvents, options: ConsumerOptions) {
    this.#options = { ...options, pace: new PaceMeter(backend.averages, options.runner.threads) };
    this.#queues = {
      jobs: backend.queue(SUPER_RESOLUTION),
      chunks: backend.queue(SUPER_RESOLUTION_TILES),
    };
    const onCancel: CancelListener[typeof CANCEL_EVENT] = ({ jobId }) => {
      this.#letGoOf(jobId).catch((error: unknown) => options.onFailed(jobId, error));
    };
    events.on<CancelListener>(CANCEL_EVENT, onCancel);
    // The reader is not this consumer's own: the backend closes it.
    this.#ignoreCancels = () => void (events as EventEmitter).off(CANCEL_EVENT, onCancel);
    const { threads } = options.runner;
    this.#jobs = backend.worker<JobPayload, JobResult>(
      SUPER_RESOLUTION,
      (job, token) => this.#carryOut(job.id ?? '', job, token, (signal) => this.#picture(job, token, signal)),
      workerOptions(Math.min(threads, MAX_JOBS_AT_ONCE)),
    );
    this.#jobs.on('completed', (job) => {
      options.onEnded?.(job.id ?? '', { state: 'completed', ...timesOf(job) });
      this.#afterwards(this.#tidy(job));
    });
    this.#jobs.on('failed', (job) => {
      if (job) this.#tellFailure(job);
      if (job?.failedReason === CANCELED_REASON) this.#afterwards(this.#putBackIfRetried(job));
    });
    this.#chunks = backend.worker<ChunkPayload, number>(
      SUPER_RESOLUTION_TILES,
      (job, token) => this.#carryOut(job.data.job, job, token, (signal) => this.#chunk(job, signal)),
      workerOptions(threads),
    );
    this.#chunks.on('failed', (chunk) => {
      if (chunk && !hasEnded(chunk)) options.onRetry?.();
    });
    for (const worker of [this.#jobs, this.#chunks]) worker.on('stalled', () => options.onStalled?.());
  }

  static async start(backend: QueueBackend, options: ConsumerOptions): Promise<Consumer> {
    return new Consumer(backend, await backend.events(SUPER_RESOLUTION), options);
  }

  get running(): number {
    return this.#active.size;
  }

  /** Whether it takes jobs off both of its queues. */
  get isTaking(): boolean {
    return this.#jobs.isRunning() && this.#chunks.isRunning();
  }

  /** Takes no more jobs, and gives the ones in hand back to the queue after the tile that they are at. */
  async stop(): Promise<void> {
    const closed = Promise.all([this.#jobs.close(), this.#chunks.close()]);
    this.#active.handBack();
    await closed;
    this.#ignoreCancels();
    await Promise.all(this.#endings);
  }

  /** The word of a cancel may come late, when the job has been put back already and runs again. */
  async #letGoOf(jobId: string): Promise<void> {
    if (!this.#active.has(jobId)) return;
    const job = await this.#queues.jobs.getJob(jobId);
    if (job?.data.canceledAt !== undefined) this.#active.cancel(jobId);
  }

  /** Whatever takes work off a queue: lets go of it when told to, and ends as the queue wants to hear it. */
  async #carryOut<T>(
    jobId: string,
    job: Pick<Job, 'moveToWait'>,
    token: string | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const piece = this.#active.begin(jobId);
    const { signal } = piece;
    noteOnSpan({ 'okulo.job.id': jobId });
    try {
      const { protect } = this.#options;
      const run = () => work(signal);
      return await withLogContext({ jobId }, () => (protect ? protect(run) : run()));
    } catch (error) {
      if (error instanceof WaitingChildrenError) throw error;
      if (signal.reason === HAND_BACK) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      throw this.#verdict(jobId, error, signal);
    } finally {
      piece.end();
    }
  }

  async #picture(
    job: Job<JobPayload, JobResult>,
    token: string | undefined,
    signal: AbortSignal,
  ): Promise<JobResult> {
    const id = job.id ?? '';
    const payload = await this.#payloadOf(id);
    const { model, tiles } = await this.#planOf(payload);
    if (isLarge(tiles.length)) {
      const result = await this.#large(job, token, payload, tiles, model, signal);
      await this.#payloadOf(id);
      return result;
    }
    const report = (progress: JobProgress) => job.updateProgress(progress);
    const image = await upscale(id, payload, tiles, model, this.#options, report, signal);
    signal.throwIfAborted();
    const key = keysOf(id, payload).output;
    await Promise.all([
      inSpan('store', {}, () => this.#options.store.put(key, image.bytes)),
      // A cancel that was answered just now, and whose word has not come yet, must not end as a result.
      this.#payloadOf(id),
    ]);
    const { width, height, format, bytes } = image;
    return { key, bytes: bytes.byteLength, width, height, format };
  }

  /** Divides a picture until all of its tiles are there; the queue brings its job back whenever its chunks have ended. */
  async #large(
    job: Job<JobPayload, JobResult>,
    token: string | undefined,
    payload: JobPayload,
    tiles: readonly Tile[],
    model: PreparedModel,
    signal: AbortSignal,
  ): Promise<JobResult> {
    const { store } = this.#options;
    const id = job.id ?? '';
    while (await fanOutTiles(job, id, payload, tiles, model, { store, queues: this.#queues })) {
      if (await job.moveToWaitingChildren(token ?? '')) throw new WaitingChildrenError();
    }
    return stitch(id, payload, tiles, this.#options, signal);
  }

  async #chunk(job: Job<ChunkPayload, number>, signal: AbortSignal): Promise<number> {
    const { job: id, index, finished } = chunkSchema.parse(job.data);
    const payload = await this.#payloadOf(id);
    const { model, tiles } = await this.#planOf(payload);
    const chunk = chunksOf(tiles)[index];
    if (!chunk) throw new UnrecoverableError(`Job ${id} has no chunk ${index}`);
    await upscaleChunk(
      id,
      payload,
      { tiles: chunk.tiles, finished },
      model,
      this.#options,
      (progress) => job.updateProgress(progress),
      signal,
    );
    return chunk.tiles.length;
  }

  /**
   * What is to be done, read anew once a cancel of it would reach this process: one that came before shows here.
   * @throws UnrecoverableError when it is canceled or gone
   */
  async #payloadOf(jobId: string): Promise<JobPayload> {
    const job = await this.#queues.jobs.getJob(jobId);
    const payload = payloadSchema.safeParse(job?.data);
    if (!payload.success || payload.data.canceledAt !== undefined) throw canceled();
    return payload.data;
  }

  async #planOf(payload: JobPayload): Promise<{ model: PreparedModel; tiles: readonly Tile[] }> {
    const model = preparedFor(payload, (await this.#options.model(payload.model.id)).prepared);
    return { model, tiles: tilesOfJob(payload, outputFor('SUPER_RESOLVE', model).receptiveFieldRadius) };
  }

  /** Tiles are kept until the job has ended: a worker that is lost before that costs one stitching, no tile. */
  async #tidy({ id = '', data }: Job<JobPayload>): Promise<void> {
    // What stays is swept with everything else that is old.
    await this.#options.store
      .deletePrefix(keysOf(id, payloadSchema.parse(data)).tiles)
      .catch(() => undefined);
  }

  /** A retry between the moment that this worker saw the cancel and the moment that it ended the job has to count. */
  async #putBackIfRetried({ id = '' }: Job<JobPayload>): Promise<void> {
    try {
      const job = await this.#queues.jobs.getJob(id);
      if (job && job.data.canceledAt === undefined && (await job.isFailed())) await backToQueue(job);
    } catch (error) {
      this.#options.onFailed(id, error);
    }
  }

  #tellFailure(job: Job<JobPayload>): void {
    const { onEnded, onRetry } = this.#options;
    const { id = '', failedReason } = job;
    if (!hasEnded(job)) onRetry?.();
    else if (failedReason === CANCELED_REASON) onEnded?.(id, { state: 'canceled', ...timesOf(job) });
    else onEnded?.(id, { state: 'failed', code: failureOf(failedReason).code, ...timesOf(job) });
  }

  /** What is left to do of a job that has ended; `stop` waits for it. */
  #afterwards(work: Promise<void>): void {
    const done = work.finally(() => this.#endings.delete(done));
    this.#endings.add(done);
  }

  /** Another attempt is made for what may pass; what is the request's own fault, or was canceled, ends here. */
  #verdict(id: string, error: unknown, signal: AbortSignal): Error {
    if (signal.reason === CANCELED) return canceled();
    if (error instanceof UnrecoverableError) return error;
    this.#options.onFailed(id, error);
    if (error instanceof CodedError) return attemptError(error);
    return error instanceof Error ? error : new Error(messageOf(error));
  }
}

/** Whether no other attempt follows. */
function hasEnded({ finishedOn }: Pick<Job, 'finishedOn'>): boolean {
  return finishedOn !== undefined;
}

function timesOf({ timestamp, processedOn, finishedOn = Date.now() }: Job): { waited: number; took: number } {
  return { waited: (processedOn ?? finishedOn) - timestamp, took: finishedOn - timestamp };
}

function workerOptions(concurrency: number): JobWorkerOptions {
  return {
    concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: LOOK_FOR_LOST_JOBS_MS,
    maxStalledCount: MAX_LOST_WORKERS,
  };
}

/** Processes that were started with different models must not mix their tiles. */
function preparedFor({ model }: JobPayload, prepared: PreparedModel): PreparedModel {
  if (prepared.digest === model.digest) return prepared;
  throw new CodedError(
    'MODEL_UNAVAILABLE',
    `Model ${model.id} has changed since this job was queued. Send the image again as a new job.`,
  );
}

function canceled(): UnrecoverableError {
  return new UnrecoverableError(CANCELED_REASON);
}
