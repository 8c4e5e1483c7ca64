import type { ImageFormat, Size } from '../../imaging/picture.js';
import { outputFor, type PreparedModel } from '../../registry/prepared-model.js';
import type { ObjectStore } from '../../storage/object-store.js';
import type { QueueBackend } from '../../queue/backend.js';
import { Backlog } from './backlog.js';
import { jobOfChunk, tilesOfJob, workOfTiles } from '../shared/chunks.js';
import {
  filesOf,
  inputKey,
  keepsAlpha,
  SUPER_RESOLUTION,
  SUPER_RESOLUTION_TILES,
  type JobPayload,
} from '../shared/contract.js';
import type { Queues } from '../shared/queues.js';
import { JobEventHub } from './job-event-hub.js';
import { JobChanges } from './job-changes.js';
import { notFound } from './job-errors.js';
import { jobIdOf } from './job-id.js';
import { readPage, type JobPage, type PageRequest } from './job-page.js';
import { JobReader } from './job-reader.js';
import { JobRegister } from './job-register.js';
import { JobTimes } from './job-times.js';
import { JOB_STATUSES, type JobState, type JobStatus } from '../shared/job-state.js';
import { KeyedMutex } from '../../platform/keyed-mutex.js';
import { withQueueGuard } from '../../queue/with-queue-guard.js';

/** The queue forgets by itself so much later, in seconds, in case no process is there to do it in order. */
const LATER = 3600;
const ATTEMPTS = 3;

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

interface Estimated {
  readonly input: Size;
  readonly model: PreparedModel;
  readonly format: ImageFormat;
}

export interface SuperResolutionJobsOptions {
  readonly store: ObjectStore;
  /** How long finished jobs are kept. */
  readonly ttlMs: number;
  /** The longest side of a tile, in input pixels. */
  readonly tileEdge: number;
  /** Estimated milliseconds on one thread that may wait. */
  readonly maxWork: number;
}

/** The queue as it is now. */
export interface QueueLoad {
  /** Jobs that nobody has begun. */
  readonly waiting: number;
  /** Jobs before another attempt. */
  readonly delayed: number;
  readonly active: number;
  /** Of the oldest job that nobody has begun; 0 where none waits. */
  readonly oldestAgeSeconds: number;
  /** All work that waits or runs, for one worker. */
  readonly backlogSeconds: number;
  readonly workers: number;
}

/** The jobs as the API sees them. Every method throws CodedError QUEUE_UNAVAILABLE while the queue is away. */
export class SuperResolutionJobs {
  readonly #backend: QueueBackend;
  readonly #queues: Queues;
  readonly #reader: JobReader;
  readonly #register: JobRegister;
  readonly #backlog: Backlog;
  readonly #times: JobTimes;
  readonly #changes: JobChanges;
  readonly #options: SuperResolutionJobsOptions;
  readonly #hub: JobEventHub;
  /** What changes a job is done in turn, so that it finds what the one before has left. */
  readonly #perJob = new KeyedMutex();

  private constructor(backend: QueueBackend, hub: JobEventHub, options: SuperResolutionJobsOptions) {
    // By age alone: to keep a number, BullMQ on PostgreSQL goes through all of them whenever a job ends.
    const finished = { age: Math.ceil(options.ttlMs / 1000) + LATER };
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
    this.#register = new JobRegister(backend.index, this.#reader, this.#queues, options);
    this.#backlog = new Backlog(this.#queues, options.maxWork);
    this.#times = new JobTimes(this.#backlog, backend.averages);
    this.#changes = new JobChanges({
      queues: this.#queues,
      reader: this.#reader,
      register: this.#register,
      announcer: backend.eventsProducer(SUPER_RESOLUTION),
      hub,
    });
    this.#options = options;
    this.#hub = hub;
  }

  static async open(
    backend: QueueBackend,
    options: SuperResolutionJobsOptions,
  ): Promise<SuperResolutionJobs> {
    const [events, ofChunks] = await Promise.all([
      backend.events(SUPER_RESOLUTION),
      backend.events(SUPER_RESOLUTION_TILES),
    ]);
    const jobs = new SuperResolutionJobs(backend, new JobEventHub([events, ofChunks], jobOfChunk), options);
    await jobs.#asking(() => jobs.#register.start(events));
    return jobs;
  }

  /** Stops looking after the jobs; the queue is the backend's to close, afterwards. */
  close(): Promise<void> {
    return this.#register.stop();
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
    return this.#perJob.runExclusive(id, () => this.#submit(id, submission));
  }

  async #submit(id: string, submission: Submission): Promise<JobState> {
    const { image, input, model, format, owner, idempotencyKey, name } = submission;
    const { store, tileEdge } = this.#options;
    const present = await this.#asking(() => this.#reader.state(id));
    if (present && (idempotencyKey !== undefined || (await this.#serves(present)))) return present;

    const { scale, receptiveFieldRadius } = outputFor('SUPER_RESOLVE', model);
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
    const work = workOfTiles(model, tilesOfJob(plain, receptiveFieldRadius), keepsAlpha(plain));
    const payload = { ...plain, work } satisfies JobPayload;
    await this.#asking(async () => {
      await this.#backlog.admit(id, payload);
      if (present) await this.#changes.forget(id);
    });
    const timestamp = Date.now();
    // Stored outside of what is the queue's: a full disk is another matter, and no client's.
    const [stored, entered] = await Promise.allSettled([
      store.put(key, image),
      this.#asking(() => this.#register.enter(id, payload, timestamp)),
    ]);
    if (stored.status === 'rejected') {
      // What was entered and is not queued; a sweep finds it where this fails as well.
      if (entered.status === 'fulfilled') await this.#register.correct(id).catch(() => undefined);
      throw stored.reason;
    }
    if (entered.status === 'rejected') throw entered.reason;
    return this.#asking(async () => {
      await this.#queues.jobs.add('upscale', payload, { jobId: id, timestamp });
      const state = await this.#mustState(id);
      // Another process was faster.
      if (state.createdAt.getTime() !== timestamp) await this.#register.correct(id);
      return state;
    });
  }

  /** Null when there is no such job or it is somebody else's. */
  get(owner: string, id: string): Promise<JobState | null> {
    return this.#asking(async () => {
      const state = await this.#reader.state(id);
      return state?.payload.owner === owner ? state : null;
    });
  }

  /** About how long a job will still be worked on, with what is before it, in seconds; null once it has ended. */
  secondsLeft(state: JobState): Promise<number | null> {
    return this.#asking(() => this.#times.secondsLeft(state));
  }

  /**
   * About how many seconds an opaque picture would take if it were queued now, with what is before it, and how many
   * jobs that is.
   */
  estimate({
    input,
    model,
    format,
  }: Estimated): Promise<{ readonly seconds: number; readonly jobsAhead: number }> {
    const { scale, receptiveFieldRadius } = outputFor('SUPER_RESOLVE', model);
    const { tileEdge } = this.#options;
    const work = workOfTiles(model, tilesOfJob({ input, tileEdge }, receptiveFieldRadius), false);
    return this.#asking(() => this.#times.secondsOf({ input, model, format, scale, tileEdge, work }));
  }

  /** What is on the queue, of all owners. */
  load(): Promise<QueueLoad> {
    return this.#asking(async () => {
      const [counts, { jobs, workers }, backlogSeconds] = await Promise.all([
        this.#queues.jobs.getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'waiting-children'),
        this.#backlog.pending(),
        this.#times.backlogSeconds(),
      ]);
      const of = (...states: string[]) => states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
      const [oldest] = jobs.map(({ timestamp }) => timestamp).sort((a, b) => a - b);
      return {
        waiting: of('waiting', 'prioritized'),
        delayed: of('delayed'),
        active: of('active', 'waiting-children'),
        oldestAgeSeconds: oldest === undefined ? 0 : Math.max(0, Date.now() - oldest) / 1000,
        backlogSeconds,
        workers,
      };
    });
  }

  /** An owner's jobs, newest first. */
  list(owner: string, request: PageRequest): Promise<JobPage> {
    const sources = {
      index: this.#backend.index,
      read: (ids: readonly string[]) => this.#reader.states(ids),
      correct: (id: string) => this.#register.correct(id),
    };
    return this.#asking(() => readPage(owner, request, sources));
  }

  /** How many jobs an owner has, by status. */
  counts(owner: string): Promise<Record<JobStatus, number>> {
    return this.#asking(() => this.#backend.index.counts(owner, JOB_STATUSES));
  }

  /** @throws CodedError JOB_NOT_FOUND, JOB_NOT_CANCELABLE */
  cancel(owner: string, id: string): Promise<JobState> {
    return this.#inTurnAsking(id, () => this.#changes.cancel(owner, id));
  }

  /**
   * Puts a failed or canceled job back into the queue; finished tiles are used again.
   * @throws CodedError JOB_NOT_FOUND, BAD_USER_INPUT when there is nothing to retry
   */
  retry(owner: string, id: string): Promise<JobState> {
    return this.#inTurnAsking(id, () => this.#changes.retry(owner, id));
  }

  /**
   * Removes a finished job and everything that is stored for it.
   * @returns its id
   * @throws CodedError JOB_NOT_FOUND, JOB_NOT_FINISHED, BAD_USER_INPUT while its worker has not let go of it
   */
  remove(owner: string, id: string): Promise<string> {
    return this.#perJob.runExclusive(id, async () => {
      await this.#asking(() => this.#changes.checkRemovable(owner, id));
      // Before the job: where this fails, there is still a job to delete.
      await this.#options.store.deletePrefix(filesOf(id));
      await this.#asking(() => this.#changes.forget(id));
      return id;
    });
  }

  /**
   * A job's states from now on; see `JobNews.follow`.
   * @throws CodedError JOB_NOT_FOUND
   */
  async follow(owner: string, id: string, signal: AbortSignal): Promise<AsyncIterable<JobState>> {
    if (!(await this.get(owner, id))) throw notFound(id);
    return this.#hub.follow(id, () => this.get(owner, id), signal);
  }

  /** A job that is under way or done can serve a second request, unless its result has been swept away. */
  async #serves({ status, result }: JobState): Promise<boolean> {
    if (status === 'QUEUED' || status === 'RUNNING') return true;
    return result !== null && (await this.#options.store.has(result.key));
  }

  async #mustState(id: string): Promise<JobState> {
    const state = await this.#reader.state(id);
    if (!state) throw notFound(id);
    return state;
  }

  #inTurnAsking<T>(id: string, change: () => Promise<T>): Promise<T> {
    return this.#perJob.runExclusive(id, () => this.#asking(change));
  }

  #asking<T>(call: () => Promise<T>): Promise<T> {
    return withQueueGuard(() => this.#backend.ping(), call);
  }
}
