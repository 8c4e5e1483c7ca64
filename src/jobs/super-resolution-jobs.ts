import { CodedError } from '../errors.js';
import type { ImageFormat } from '../imaging/picture.js';
import { tileWork } from '../inference/work.js';
import { outputOf, type PreparedModel } from '../registry/prepared-model.js';
import type { ObjectStore } from '../storage/object-store.js';
import type { JobEventsProducer, QueueBackend } from './backend.js';
import { Backlog } from './backlog.js';
import { chunkId, jobOfChunk, tilesOfJob } from './chunks.js';
import {
  CANCEL_EVENT,
  filesOf,
  inputKey,
  keepsAlpha,
  progressSchema,
  SUPER_RESOLUTION,
  SUPER_RESOLUTION_TILES,
  type JobPayload,
} from './contract.js';
import type { Queues } from './divide.js';
import { JobNews } from './follow.js';
import { notCancelable, notFinished, notFound, stillStopping } from './job-errors.js';
import { jobIdOf } from './job-id.js';
import { pageOf, type JobPage, type PageRequest } from './job-page.js';
import { JobReader, type FoundJob } from './job-reader.js';
import { isTerminal, type JobState, type JobStatus } from './job-state.js';
import { Turns } from './turns.js';
import { unlessAway } from './unless-away.js';

/** Finished jobs are forgotten after their files' time, and beyond this number, whichever comes first. */
const MOST_FINISHED_JOBS = 1000;
const ATTEMPTS = 3;
/** A worker lets go of a canceled job before its next tile; so long a retry waits for that. */
const LETTING_GO_MS = 5000;

export interface Submission {
  readonly owner: string;
  readonly image: Uint8Array;
  readonly input: Omit<JobPayload['input'], 'key' | 'bytes'>;
  readonly model: PreparedModel;
  readonly format: ImageFormat;
  readonly idempotencyKey: string | undefined;
  /** The file name that the client knows it by. */
  readonly name?: string | undefined;
}

export interface SuperResolutionJobsOptions {
  readonly store: ObjectStore;
  /** How long finished jobs are kept. */
  readonly ttlMs: number;
  /** The longest side of a tile, in input pixels. */
  readonly tileEdge: number;
  /** Estimated milliseconds on one thread that may wait. */
  readonly mostWork: number;
}

/** The jobs as the API sees them. Every method throws CodedError QUEUE_UNAVAILABLE while the queue is away. */
export class SuperResolutionJobs {
  readonly #backend: QueueBackend;
  readonly #queues: Queues;
  readonly #reader: JobReader;
  readonly #backlog: Backlog;
  readonly #announcer: JobEventsProducer;
  readonly #options: SuperResolutionJobsOptions;
  readonly #news: JobNews;
  /** What changes a job is done in turn, so that it finds what the one before has left. */
  readonly #turns = new Turns();

  private constructor(backend: QueueBackend, news: JobNews, options: SuperResolutionJobsOptions) {
    const age = Math.ceil(options.ttlMs / 1000);
    const finished = { age, count: MOST_FINISHED_JOBS };
    this.#backend = backend;
    this.#queues = {
      jobs: backend.queue(SUPER_RESOLUTION, {
        defaultJobOptions: {
          attempts: ATTEMPTS,
          backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
          removeOnComplete: finished,
          removeOnFail: finished,
        },
      }),
      chunks: backend.queue(SUPER_RESOLUTION_TILES),
    };
    this.#reader = new JobReader(this.#queues);
    this.#backlog = new Backlog(this.#queues, options.mostWork);
    this.#announcer = backend.eventsProducer(SUPER_RESOLUTION);
    this.#options = options;
    this.#news = news;
  }

  static async open(
    backend: QueueBackend,
    options: SuperResolutionJobsOptions,
  ): Promise<SuperResolutionJobs> {
    const events = await Promise.all(
      [SUPER_RESOLUTION, SUPER_RESOLUTION_TILES].map((name) => backend.events(name)),
    );
    return new SuperResolutionJobs(backend, new JobNews(events, jobOfChunk), options);
  }

  /**
   * Queues a job, or joins the one that does, or has done, the same. A failed or expired one is done anew.
   * @throws CodedError OVERLOADED
   */
  submit(submission: Submission): Promise<JobState> {
    const { owner, idempotencyKey, input, model, format } = submission;
    const id = jobIdOf({
      owner,
      idempotencyKey,
      imageSha256: input.sha256,
      modelDigest: model.digest,
      format,
    });
    return this.#turns.take(id, () => this.#submit(id, submission));
  }

  async #submit(id: string, submission: Submission): Promise<JobState> {
    const { image, input, model, format, owner, idempotencyKey, name } = submission;
    const { store, tileEdge } = this.#options;
    const present = await this.#asking(() => this.#reader.state(id));
    if (present && (idempotencyKey !== undefined || (await this.#serves(present)))) return present;

    const { scale, reach } = outputOf(model, 'super-resolution');
    const key = inputKey(id, input);
    const plain = {
      owner,
      input: { ...input, key, bytes: image.byteLength },
      model: { id: model.id, digest: model.digest },
      scale,
      format,
      tileEdge,
      ...(name !== undefined && { name }),
      round: 0,
    };
    const tiles = tilesOfJob(plain, reach);
    const alpha = keepsAlpha(plain);
    const work = Math.round(tiles.reduce((sum, { padded }) => sum + tileWork(model, padded, alpha), 0));
    await this.#asking(async () => {
      await this.#backlog.admit(id, work);
      if (present) await this.#forget(id);
    });
    // Outside of what is the queue's: a full disk is another matter, and no client's.
    await store.put(key, image);
    return this.#asking(async () => {
      await this.#queues.jobs.add('upscale', { ...plain, work } satisfies JobPayload, { jobId: id });
      return this.#mustState(id);
    });
  }

  /** Null when there is no such job or it is somebody else's. */
  get(owner: string, id: string): Promise<JobState | null> {
    return this.#asking(async () => {
      const state = await this.#reader.state(id);
      return state?.payload.owner === owner ? state : null;
    });
  }

  /** About how long a job will still take, in seconds; null once it has ended. */
  async secondsLeft({ id, status, payload, progress, startedAt }: JobState): Promise<number | null> {
    if (isTerminal(status)) return null;
    const { tilesDone, tilesTotal } = progress;
    // What it has come to by now tells more than any estimate.
    if (status === 'RUNNING' && tilesDone > 0 && startedAt)
      return ((Date.now() - startedAt.getTime()) * (tilesTotal - tilesDone)) / tilesDone / 1000;
    return this.#asking(async () => {
      const ahead = status === 'QUEUED' ? await this.#backlog.ahead(id) : 0;
      return (ahead + payload.work) / 1000;
    });
  }

  /** An owner's jobs, newest first. */
  list(owner: string, request: PageRequest): Promise<JobPage> {
    return this.#asking(async () => pageOf(await this.#reader.all(owner), request));
  }

  /** How many jobs an owner has, by status. */
  counts(owner: string): Promise<Record<JobStatus, number>> {
    return this.#asking(async () => {
      const counts = { QUEUED: 0, RUNNING: 0, COMPLETED: 0, FAILED: 0, CANCELED: 0 };
      for (const { status } of await this.#reader.all(owner)) counts[status] += 1;
      return counts;
    });
  }

  /**
   * Removes a finished job and everything that is stored for it.
   * @returns its id
   * @throws CodedError JOB_NOT_FOUND, JOB_NOT_FINISHED, BAD_USER_INPUT while its worker has not let go of it
   */
  remove(owner: string, id: string): Promise<string> {
    return this.#turns.take(id, async () => {
      await this.#asking(async () => {
        const { state } = await this.#owned(owner, id);
        if (!isTerminal(state.status)) throw notFinished(state);
        await this.#letGo(id);
      });
      // Before the job: where this fails, there is still a job to delete.
      await this.#options.store.deletePrefix(filesOf(id));
      await this.#asking(() => this.#forget(id));
      return id;
    });
  }

  /** @throws CodedError JOB_NOT_FOUND, JOB_NOT_CANCELABLE */
  cancel(owner: string, id: string): Promise<JobState> {
    return this.#inTurnAsking(id, async () => {
      const { state, job } = await this.#owned(owner, id);
      if (state.status === 'CANCELED') return state;
      if (isTerminal(state.status)) throw notCancelable(state);
      await job.updateData({ ...job.data, canceledAt: Date.now() });
      await this.#announcer.publishEvent({ eventName: CANCEL_EVENT, jobId: id });
      await this.#dropChunks(job);
      this.#news.tell(id);
      const canceled = await this.#mustState(id);
      // It came to its end while it was being canceled.
      if (canceled.status !== 'CANCELED') throw notCancelable(canceled);
      return canceled;
    });
  }

  /**
   * Puts a failed or canceled job back into the queue; finished tiles are used again.
   * @throws CodedError JOB_NOT_FOUND, BAD_USER_INPUT when there is nothing to retry
   */
  retry(owner: string, id: string): Promise<JobState> {
    return this.#inTurnAsking(id, async () => {
      const { state } = await this.#owned(owner, id);
      if (state.status !== 'FAILED' && state.status !== 'CANCELED') {
        throw new CodedError(
          'BAD_USER_INPUT',
          `Job ${id} is ${state.status}. Only failed and canceled jobs can be retried.`,
        );
      }
      const { job } = await this.#letGo(id);
      const { canceledAt: _, ...payload } = job.data;
      // The chunks of the round before have ended, and their ids are taken; what they did stays done.
      const told = (await this.#mustState(id)).progress;
      if (told.tilesTotal > 0) await job.updateProgress({ ...told, chunks: [] });
      await job.updateData({ ...payload, round: payload.round + 1 });
      if (await job.isFailed()) await this.#backToQueue(job, id);
      this.#news.tell(id);
      return this.#mustState(id);
    });
  }

  /**
   * A job's states from now on; see `JobNews.follow`.
   * @throws CodedError JOB_NOT_FOUND
   */
  async follow(owner: string, id: string, signal: AbortSignal): Promise<AsyncIterable<JobState>> {
    if (!(await this.get(owner, id))) throw notFound(id);
    return this.#news.follow(id, () => this.get(owner, id), signal);
  }

  /** A job that is under way or done can serve a second request, unless its result has been swept away. */
  async #serves({ status, result }: JobState): Promise<boolean> {
    if (status === 'QUEUED' || status === 'RUNNING') return true;
    return result !== null && (await this.#options.store.has(result.key));
  }

  async #owned(owner: string, id: string): Promise<FoundJob & { readonly state: JobState }> {
    const state = await this.#reader.state(id);
    const found = await this.#reader.find(id);
    if (!found || state?.payload.owner !== owner) throw notFound(id);
    return { ...found, state };
  }

  async #mustState(id: string): Promise<JobState> {
    const state = await this.#reader.state(id);
    if (!state) throw notFound(id);
    return state;
  }

  async #backToQueue(job: FoundJob['job'], id: string): Promise<void> {
    try {
      await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
    } catch (error) {
      // Another process was asked to do the same, and was faster.
      if ((await this.#queues.jobs.getJobState(id)) === 'failed') throw error;
    }
  }

  /** The chunks that nobody has begun; those that run are let go of by their workers. */
  async #dropChunks({ id = '', data, progress }: FoundJob['job']): Promise<void> {
    const { chunks = [] } = progressSchema.safeParse(progress).data ?? {};
    await Promise.all(
      chunks.map(async (index) => {
        const chunk = chunkId(id, data.round, index);
        // Those that have ended stay: they tell what has been done.
        const state = await this.#queues.chunks.getJobState(chunk);
        if (state === 'waiting' || state === 'delayed') await this.#queues.chunks.remove(chunk);
      }),
    );
  }

  /** A job that was canceled while it ran is its worker's until that has let go of it. */
  async #forget(id: string): Promise<void> {
    const { job } = await this.#letGo(id);
    if ((await this.#queues.jobs.remove(job.id ?? id)) === 0) throw stillStopping(id);
  }

  /**
   * Waits until no worker has a job any more.
   * @throws CodedError BAD_USER_INPUT when it takes too long, JOB_NOT_FOUND
   */
  async #letGo(id: string): Promise<FoundJob> {
    const deadline = AbortSignal.timeout(LETTING_GO_MS);
    for (;;) {
      const changed = this.#news.change(id, deadline);
      const found = await this.#reader.find(id);
      if (!found) throw notFound(id);
      if (found.queueState !== 'active' && found.queueState !== 'waiting-children') return found;
      if (deadline.aborted) throw stillStopping(id);
      await changed;
    }
  }

  #inTurnAsking<T>(id: string, change: () => Promise<T>): Promise<T> {
    return this.#turns.take(id, () => this.#asking(change));
  }

  #asking<T>(call: () => Promise<T>): Promise<T> {
    return unlessAway(() => this.#backend.ping(), call);
  }
}
