import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { CodedError } from '../errors.js';
import { unixTime } from '../platform/timeline.js';
import type { PreparedModel } from '../registry/prepared-model.js';
import { addSpan, inSpan, isTracing } from '../observability/tracing.js';
import { AdmissionQueue, type Served } from './admission-queue.js';
import type { ThreadResponse, ThreadRequest, Kind, Reply, ThreadData } from './protocol.js';
import { movableBuffer } from './transfer.js';

export interface RunnerOptions {
  /** The compiled `inference/thread.js`. */
  readonly threadFile: URL;
  readonly threads: number;
  /** Threads that one run of a network may use within an inference thread. */
  readonly intraOpThreads: number;
  /** Added to the threads' nice value, so that heavy work yields to light work and to the main thread. */
  readonly niceness: number;
  /** Milliseconds of waiting beyond which new work is refused. */
  readonly maxWait: number;
  /** Told of a thread that ends by itself; the pool replaces it. */
  readonly onError: (error: unknown) => void;
  /** Told of every request that a thread has answered or refused. */
  readonly onAnswered?: (answered: Answered) => void;
}

/** What a request was to the thread that took it. */
export interface Answered {
  readonly kind: Kind;
  /** False: refused with a code, for a damaged image for one. */
  readonly ok: boolean;
  /** Milliseconds in the thread. */
  readonly took: number;
  /** Image files that were decoded for it. */
  readonly decodes: number;
}

export interface RunOptions {
  /** Estimated milliseconds; see work.ts. */
  readonly work: number;
  readonly signal?: AbortSignal | undefined;
  /** Bytes in the request that the caller does not need any more: they move to the thread instead of being copied. */
  readonly give?: readonly Uint8Array[];
}

/** Runs requests in a pool of inference threads. */
export interface Runner {
  run<K extends Kind>(
    kind: K,
    ask: ThreadRequest<K>,
    options: RunOptions,
  ): Promise<Served<ThreadResponse<K>>>;
  /**
   * Has every thread load and run a model, while no other work is about.
   * @throws Error when the model does not do what its task expects
   */
  warm(model: PreparedModel): Promise<void>;
  /** Milliseconds of work that is waiting or running. */
  readonly backlog: number;
  readonly threads: number;
  /** Threads that are at work. */
  readonly busyThreads: number;
  /** Ends the threads once they have finished what they run. */
  stop(): Promise<void>;
}

/** Starts the threads; requests may come at once. */
export function startRunner(options: RunnerOptions): Runner {
  const { threads, intraOpThreads, onAnswered } = options;
  const pool = new Piscina<unknown, Reply>({
    filename: options.threadFile.href,
    minThreads: threads,
    maxThreads: threads,
    niceIncrement: options.niceness,
    workerData: {
      intraOpThreads,
      spin: threads * intraOpThreads < availableParallelism(),
    } satisfies ThreadData,
    // The service's secrets are no business of a thread that reads strangers' images.
    env: {},
  });
  pool.on('error', options.onError);
  const queue = new AdmissionQueue({ slots: threads, maxWait: options.maxWait });

  const run: Runner['run'] = (kind, ask, { work, signal, give = [] }) => {
    const transferList = give.flatMap(movableBuffer);
    const came = unixTime();
    const task = async () => {
      addSpan('queue', came, unixTime());
      const start = performance.now();
      const stages = isTracing();
      const reply = await pool.run({ request: { kind, ...ask }, stages }, { transferList });
      onAnswered?.({ kind, ok: reply.ok, took: performance.now() - start, decodes: reply.decodes });
      for (const { name, start: from, end, model } of reply.stages)
        addSpan(name, from, end, model === undefined ? {} : { 'okulo.model': model });
      // The exchange's types tie the answer to the kind; between threads there is only data.
      return unwrap(reply) as ThreadResponse<typeof kind>;
    };
    return inSpan(`thread ${kind}`, {}, () => queue.run(work, task, signal));
  };
  return {
    run,
    threads,
    get backlog() {
      return queue.backlog;
    },
    get busyThreads() {
      return queue.running;
    },
    warm: async (model) => {
      // As many requests as threads at once, all of them idle: each thread gets one.
      await Promise.all(
        Array.from({ length: threads }, () => run('warm', { model }, { work: model.cost.run })),
      );
    },
    stop: () => pool.close(),
  };
}

function unwrap(reply: Reply): unknown {
  if (reply.ok) return reply.answer;
  throw new CodedError(reply.code, reply.message, { facts: reply.facts });
}
