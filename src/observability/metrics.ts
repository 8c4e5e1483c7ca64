import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The pools of inference threads that a process may have. */
export type Pool = 'answers' | 'jobs';

/** A request that an inference thread has answered. */
interface Answered {
  readonly kind: string;
  readonly ok: boolean;
  /** Milliseconds. */
  readonly took: number;
  readonly decodes: number;
}

/** What the service counts of itself, for Prometheus to read. */
export interface Metrics {
  answered(pool: Pool, answered: Answered): void;
  /** Has the work that waits or runs in a pool read whenever the metrics are. */
  watchBacklog(pool: Pool, milliseconds: () => number): void;
  /** All figures in Prometheus' text format. */
  text(): Promise<string>;
  /** The media type of that text. */
  readonly mediaType: string;
}

/** From a warm classifier's millisecond to a large picture's tens of seconds. */
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'okulo_inference_requests_total',
    help: 'Requests that inference threads have answered, or refused with a code.',
    labelNames: ['pool', 'kind', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'okulo_inference_seconds',
    help: 'Time of a request in its inference thread.',
    labelNames: ['pool', 'kind'],
    buckets: SECONDS,
    registers,
  });
  const decodes = new Counter({
    name: 'okulo_image_decodes_total',
    help: 'Decodes of image files; a request of kind analyze has one for each scale that its models and pictures need.',
    labelNames: ['pool', 'kind'],
    registers,
  });
  const backlogs = new Map<Pool, () => number>();
  new Gauge({
    name: 'okulo_inference_backlog_seconds',
    help: 'Estimated work that waits or runs, in seconds of one thread.',
    labelNames: ['pool'],
    registers,
    collect() {
      for (const [pool, milliseconds] of backlogs) this.set({ pool }, milliseconds() / 1000);
    },
  });
  return {
    answered: (pool, { kind, ok, took, decodes: files }) => {
      requests.inc({ pool, kind, outcome: ok ? 'ok' : 'refused' });
      seconds.observe({ pool, kind }, took / 1000);
      decodes.inc({ pool, kind }, files);
    },
    watchBacklog: (pool, milliseconds) => void backlogs.set(pool, milliseconds),
    text: () => registry.metrics(),
    mediaType: registry.contentType,
  };
}
