import { UnrecoverableError, WaitingError, type Job, type QueueEventsListener } from 'bullmq';
import { CodedError, messageOf } from '../errors.js';
import type { ReadyModel } from '../registry/catalog.js';
import { outputOf, type PreparedModel } from '../registry/prepared-model.js';
import type { JobEvents, JobWorker, QueueBackend } from './backend.js';
import {
  CANCEL_EVENT,
  keys,
  payloadSchema,
  SUPER_RESOLUTION,
  type JobPayload,
  type JobResult,
} from './contract.js';
import { failureLine } from './failure.js';
import { upscale, type Workshop } from './upscale.js';

/** A worker that is gone is noticed after at most so long, and its job starts again elsewhere. */
const LOCK_MS = 15_000;
const LOOK_FOR_LOST_JOBS_MS = 5000;
/** A job may lose its worker this often: machines are taken away at any time, and finished tiles are kept. */
const MOST_LOST_WORKERS = 20;

export interface ConsumerOptions extends Workshop {
  /** @throws CodedError when there is no such model */
  readonly model: (id: string) => ReadyModel;
  /** Told of jobs that fail, for the log. */
  readonly onFailed: (jobId: string, error: unknown) => void;
}

interface CancelListener extends QueueEventsListener {
  [CANCEL_EVENT]: (event: { jobId: string }, id: string) => void;
}

const HAND_BACK = Symbol('hand back');
const CANCELED = Symbol('canceled');

/** Takes super resolution jobs off the queue and carries them out. */
export class Consumer {
  readonly #worker: JobWorker<JobPayload, JobResult>;
  readonly #options: ConsumerOptions;
  readonly #running = new Map<string, AbortController>();
  #stopping = false;

  private constructor(backend: QueueBackend, events: JobEvents, options: ConsumerOptions) {
    this.#options = options;
    events.on<CancelListener>(CANCEL_EVENT, ({ jobId }: { jobId: string }) =>
      this.#running.get(jobId)?.abort(CANCELED),
    );
    this.#worker = backend.worker(SUPER_RESOLUTION, (job, token) => this.#process(job, token), {
      concurrency: Math.min(options.runner.threads, 4),
      lockDuration: LOCK_MS,
      stalledInterval: LOOK_FOR_LOST_JOBS_MS,
      maxStalledCount: MOST_LOST_WORKERS,
    });
  }

  static async start(backend: QueueBackend, options: ConsumerOptions): Promise<Consumer> {
    return new Consumer(backend, await backend.events(SUPER_RESOLUTION), options);
  }

  get running(): number {
    return this.#running.size;
  }

  /** Takes no more jobs, and gives the ones in hand back to the queue after the tile that they are at. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const closed = this.#worker.close();
    for (const controller of this.#running.values()) controller.abort(HAND_BACK);
    await closed;
  }

  async #process(job: Job<JobPayload, JobResult>, token: string | undefined): Promise<JobResult> {
    const id = job.id ?? '';
    const controller = new AbortController();
    this.#running.set(id, controller);
    // Fetched before the stop, and begun after it.
    if (this.#stopping) controller.abort(HAND_BACK);
    try {
      return await this.#work(id, job, controller.signal);
    } catch (error) {
      if (controller.signal.reason === HAND_BACK) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      throw this.#verdict(id, error, controller.signal);
    } finally {
      this.#running.delete(id);
    }
  }

  async #work(id: string, job: Job<JobPayload, JobResult>, signal: AbortSignal): Promise<JobResult> {
    const payload = payloadSchema.parse(job.data);
    if (payload.canceledAt !== undefined) throw canceled();
    const model = preparedFor(payload, this.#options.model(payload.model.id).prepared);
    const { store } = this.#options;
    const { reach } = outputOf(model, 'super-resolution');
    const image = await upscale(
      id,
      payload,
      { ...model, reach },
      this.#options,
      (progress) => job.updateProgress(progress),
      signal,
    );
    const key = keys.output(id, payload.format);
    await store.put(key, image.bytes);
    await store.deletePrefix(keys.tiles(id));
    return {
      key,
      bytes: image.bytes.byteLength,
      width: image.width,
      height: image.height,
      format: image.format,
    };
  }

  /** Another attempt is made for what may pass; what is the request's own fault, or was canceled, ends here. */
  #verdict(id: string, error: unknown, signal: AbortSignal): Error {
    if (signal.reason === CANCELED) return canceled();
    if (error instanceof UnrecoverableError) return error;
    this.#options.onFailed(id, error);
    if (error instanceof CodedError) {
      const line = failureLine(error);
      return error.code === 'MODEL_UNAVAILABLE' ? new Error(line) : new UnrecoverableError(line);
    }
    return error instanceof Error ? error : new Error(messageOf(error));
  }
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
  return new UnrecoverableError('CANCELED');
}
