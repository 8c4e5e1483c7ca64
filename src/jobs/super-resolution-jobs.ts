import { CodedError } from '../errors.js';
import type { ImageFormat } from '../imaging/picture.js';
import type { ObjectStore } from '../storage/object-store.js';
import type { JobEventsProducer, JobQueue, QueueBackend } from './backend.js';
import { CANCEL_EVENT, keys, SUPER_RESOLUTION, type JobPayload, type JobResult } from './contract.js';
import { JobNews } from './follow.js';
import { isJobId, jobIdOf } from './job-id.js';
import { pageOf, type JobPage, type PageRequest } from './job-page.js';
import { isTerminal, jobStateOf, type JobState } from './job-state.js';
import { unlessAway } from './unless-away.js';

/** Finished jobs are forgotten after their files' time, and beyond this number, whichever comes first. */
const MOST_FINISHED_JOBS = 1000;
const ATTEMPTS = 3;

export interface Submission {
  readonly owner: string;
  readonly image: Uint8Array;
  readonly input: Omit<JobPayload['input'], 'key' | 'bytes'>;
  readonly model: JobPayload['model'];
  readonly scale: number;
  readonly format: ImageFormat;
  readonly idempotencyKey: string | undefined;
}

/** The jobs as the API sees them. Every method throws CodedError QUEUE_UNAVAILABLE while the queue is away. */
export class SuperResolutionJobs {
  readonly #queue: JobQueue<JobPayload, JobResult>;
  readonly #announcer: JobEventsProducer;
  readonly #store: ObjectStore;
  readonly #news: JobNews;

  private constructor(backend: QueueBackend, news: JobNews, options: { store: ObjectStore; ttlMs: number }) {
    const finished = { age: Math.ceil(options.ttlMs / 1000), count: MOST_FINISHED_JOBS };
    this.#queue = backend.queue(SUPER_RESOLUTION, {
      defaultJobOptions: {
        attempts: ATTEMPTS,
        backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
        removeOnComplete: finished,
        removeOnFail: finished,
      },
    });
    this.#announcer = backend.eventsProducer(SUPER_RESOLUTION);
    this.#store = options.store;
    this.#news = news;
  }

  static async open(
    backend: QueueBackend,
    options: { store: ObjectStore; ttlMs: number },
  ): Promise<SuperResolutionJobs> {
    return new SuperResolutionJobs(backend, new JobNews(await backend.events(SUPER_RESOLUTION)), options);
  }

  /** Queues a job, or joins the one that does, or has done, the same. A failed or expired one is done anew. */
  async submit(submission: Submission): Promise<JobState> {
    const { image, input, model, scale, format, owner, idempotencyKey } = submission;
    const id = jobIdOf({
      owner,
      idempotencyKey,
      imageSha256: input.sha256,
      modelDigest: model.digest,
      format,
    });
    const present = await unlessAway(() => this.#state(id));
    if (present && (idempotencyKey !== undefined || (await this.#serves(present)))) return present;
    if (present) await this.#forget(id);

    const key = keys.input(id, input.format);
    // Outside of what is the queue's: a full disk is another matter, and no client's.
    await this.#store.put(key, image);
    const payload: JobPayload = {
      owner,
      input: { ...input, key, bytes: image.byteLength },
      model,
      scale,
      format,
    };
    return unlessAway(async () => {
      await this.#queue.add('upscale', payload, { jobId: id });
      return this.#mustState(id);
    });
  }

  /** Null when there is no such job or it is somebody else's. */
  get(owner: string, id: string): Promise<JobState | null> {
    return unlessAway(async () => {
      const state = await this.#state(id);
      return state?.payload.owner === owner ? state : null;
    });
  }

  /** An owner's jobs, newest first. */
  list(owner: string, request: PageRequest): Promise<JobPage> {
    return unlessAway(async () => {
      const waiting = await this.#queue.getRanges(['waiting'], 0, -1, true);
      const groups = await Promise.all(
        (['waiting', 'prioritized', 'delayed', 'active', 'completed', 'failed'] as const).map(
          async (queueState) => {
            const jobs = await this.#queue.getJobs([queueState]);
            return jobs.map((job) => jobStateOf(job, queueState, placeIn(waiting, job.id)));
          },
        ),
      );
      const mine = groups.flat().filter((state) => state?.payload.owner === owner);
      // A job that moved on while the groups were read is in two of them; the later one is where it is now.
      const once = new Map(mine.flatMap((state) => (state ? [[state.id, state] as const] : [])));
      return pageOf([...once.values()], request);
    });
  }

  /** @throws CodedError JOB_NOT_FOUND, JOB_NOT_CANCELABLE */
  cancel(owner: string, id: string): Promise<JobState> {
    return unlessAway(async () => {
      const { state, job } = await this.#owned(owner, id);
      if (state.status === 'CANCELED') return state;
      if (isTerminal(state.status)) {
        throw new CodedError(
          'JOB_NOT_CANCELABLE',
          `Job ${id} is ${state.status} already. Only queued and running jobs can be canceled.`,
        );
      }
      await job.updateData({ ...state.payload, canceledAt: Date.now() });
      await this.#announcer.publishEvent({ eventName: CANCEL_EVENT, jobId: id });
      this.#news.tell(id);
      return this.#mustState(id);
    });
  }

  /**
   * Puts a failed or canceled job back into the queue; finished tiles are used again.
   * @throws CodedError JOB_NOT_FOUND, BAD_USER_INPUT when there is nothing to retry
   */
  retry(owner: string, id: string): Promise<JobState> {
    return unlessAway(async () => {
      const { state, job } = await this.#owned(owner, id);
      if (state.status !== 'FAILED' && state.status !== 'CANCELED') {
        throw new CodedError(
          'BAD_USER_INPUT',
          `Job ${id} is ${state.status}. Only failed and canceled jobs can be retried.`,
        );
      }
      if (await job.isActive()) {
        throw stillStopping(id);
      }
      const { canceledAt: _, ...payload } = state.payload;
      await job.updateData(payload);
      if (await job.isFailed())
        await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
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
    return result !== null && (await this.#store.has(result.key));
  }

  async #owned(owner: string, id: string) {
    const { job, queueState } = await this.#read(id);
    const state = job && jobStateOf(job, queueState, null);
    if (!job || state?.payload.owner !== owner) throw notFound(id);
    return { job, state };
  }

  async #mustState(id: string): Promise<JobState> {
    const state = await this.#state(id);
    if (!state) throw notFound(id);
    return state;
  }

  async #state(id: string): Promise<JobState | null> {
    const { job, queueState } = await this.#read(id);
    if (!job) return null;
    const waiting = queueState === 'waiting' ? await this.#queue.getRanges(['waiting'], 0, -1, true) : [];
    return jobStateOf(job, queueState, placeIn(waiting, id));
  }

  /** The state comes first: a job that is read before it ends has no result yet, whatever its state is afterwards. */
  async #read(id: string) {
    if (!isJobId(id)) return { queueState: 'unknown', job: undefined };
    const queueState = await this.#queue.getJobState(id);
    return { queueState, job: await this.#queue.getJob(id) };
  }

  /** A job that was canceled while it ran is its worker's until that has let go of it. */
  async #forget(id: string): Promise<void> {
    const removed = await unlessAway(() => this.#queue.remove(id));
    if (removed === 0) throw stillStopping(id);
  }
}

/** How many wait before a job; null where it does not wait itself. */
function placeIn(waiting: readonly string[], id: string | undefined): number | null {
  const place = id === undefined ? -1 : waiting.indexOf(id);
  return place < 0 ? null : place;
}

function stillStopping(id: string): CodedError {
  return new CodedError('BAD_USER_INPUT', `Job ${id} is still being stopped. Try again in a moment.`, {
    facts: { retryAfterMs: 2000 },
  });
}

function notFound(id: string): CodedError {
  return new CodedError(
    'JOB_NOT_FOUND',
    `There is no job '${id}'. Jobs and their results are kept for a limited time.`,
  );
}
