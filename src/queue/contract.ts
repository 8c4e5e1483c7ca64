import type {
  IQueueBackend,
  JobProgress,
  Processor,
  Queue,
  QueueEvents,
  QueueEventsProducer,
  QueueOptions,
  Worker,
  WorkerOptions,
} from 'bullmq';
import type { Averages, JobIndex } from './job-index.js';

/** Connections belong to the backend: what callers get is not tied to one store's connection options. */
type Unconnected<Options> = Omit<Options, 'connection' | 'prefix'>;

export type JobQueue<Data = unknown, Result = unknown> = Queue<
  Data,
  Result,
  string,
  Data,
  Result,
  string,
  IQueueBackend,
  unknown
>;
export type JobWorker<Data = unknown, Result = unknown> = Worker<
  Data,
  Result,
  string,
  IQueueBackend,
  JobProgress,
  unknown
>;
export type JobProcessor<Data = unknown, Result = unknown> = Processor<Data, Result>;
export type JobEvents<Result = unknown> = QueueEvents<Result, IQueueBackend, unknown>;
export type JobEventsProducer = QueueEventsProducer<IQueueBackend, unknown>;
type JobQueueOptions = Unconnected<QueueOptions<unknown>>;
export type JobWorkerOptions = Unconnected<WorkerOptions<unknown>>;

export type QueueKind = 'pglite' | 'redis' | 'postgres';

/** One store of jobs, and BullMQ's classes on it. Meant to be opened once and kept as long as the process. */
export interface QueueBackend {
  readonly kind: QueueKind;
  /** Where the jobs are, fit for a log: without user, password and query. */
  readonly address: string;

  /** While the store is away its calls reject within four seconds (at once where the store refuses). */
  queue<Data, Result>(name: string, options?: JobQueueOptions): JobQueue<Data, Result>;

  /**
   * Outlives outages of the store: it reconnects for ever.
   * @param processor must name its third parameter to be given the signal that `worker.cancelJob` aborts
   */
  worker<Data, Result>(
    name: string,
    processor: JobProcessor<Data, Result>,
    options?: JobWorkerOptions,
  ): JobWorker<Data, Result>;

  /**
   * Delivers every event published after this promise resolves, in order, across outages of the store. All callers
   * share one reader of a queue, which closes with the backend; they take off their listeners.
   */
  events(name: string): Promise<JobEvents>;

  /** Jobs by owner, kept beside the queues. */
  readonly index: JobIndex;

  /** Measurements that all processes share. */
  readonly averages: Averages;

  /** Publishes custom events, which reach the `events` of every process. Values arrive as strings. */
  eventsProducer(name: string): JobEventsProducer;

  /** @throws CodedError QUEUE_UNAVAILABLE, within a second, when the store does not answer */
  ping(): Promise<void>;

  /**
   * Tries out whether jobs could be stored: a store may answer and refuse that.
   * @throws CodedError QUEUE_UNAVAILABLE, within two seconds, with the store's own words if it has any
   */
  check(): Promise<void>;

  /**
   * Closes what was handed out and is still open, then the connections. Waits for the jobs that its workers
   * are running (close a worker with `close(true)` beforehand to leave them), unless the store is away.
   * Can be called again.
   */
  close(): Promise<void>;
}
