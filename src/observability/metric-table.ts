/**
 * What the service counts of itself: every metric with its type, its help and its labels, by the name that Prometheus
 * knows it by. What is measured, drawn and warned of derives from this table; see signals.ts for the latter two.
 */

/** From a warm classifier's millisecond to a large picture's tens of seconds. */
const REQUEST_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Of jobs, which may wait for hours. */
const JOB_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];

interface Counter {
  readonly type: 'counter';
}
interface Gauge {
  readonly type: 'gauge';
}
interface Histogram {
  readonly type: 'histogram';
  /** Upper bounds, in the metric's unit. */
  readonly buckets: readonly number[];
}
export type MetricDefinition = (Counter | Gauge | Histogram) & {
  readonly help: string;
  readonly labels: readonly string[];
  /** Which processes tell it; `serve` is both. */
  readonly of: 'api' | 'worker' | 'both';
};

export const METRICS = {
  okulo_operation_duration_seconds: {
    type: 'histogram',
    help: 'Time from the first byte of an operation to its answer, by its field at the root or its route, how it came, and its code (OK, UNANSWERED or one of docs/errors.md).',
    labels: ['operation', 'transport', 'code'],
    buckets: REQUEST_SECONDS,
    of: 'api',
  },
  okulo_operation_faults_total: {
    type: 'counter',
    help: 'Operations that the service failed, and not their sender: those with a code of status 5xx.',
    labels: [],
    of: 'api',
  },
  okulo_stage_duration_seconds: {
    type: 'histogram',
    help: "Where the time of a model's results goes: receive, decode, preprocess, queue, inference, postprocess; of tiles of super resolution, queue and inference.",
    labels: ['stage', 'model'],
    buckets: REQUEST_SECONDS,
    of: 'both',
  },
  okulo_queue_jobs: {
    type: 'gauge',
    help: 'Super resolution jobs on the queue, by state: waiting, delayed (before another attempt) or active.',
    labels: ['state'],
    of: 'api',
  },
  okulo_queue_oldest_job_age_seconds: {
    type: 'gauge',
    help: 'How long the oldest job that nobody has begun has waited; 0 where none waits.',
    labels: [],
    of: 'api',
  },
  okulo_queue_backlog_seconds: {
    type: 'gauge',
    help: 'Work that waits or runs on the queue, in seconds of one worker, as far as its speed has been measured.',
    labels: [],
    of: 'api',
  },
  okulo_queue_workers: {
    type: 'gauge',
    help: 'Workers that are connected to the queue; 1 where the store does not tell.',
    labels: [],
    of: 'api',
  },
  okulo_queue_backlog_seconds_per_worker: {
    type: 'gauge',
    help: 'okulo_queue_backlog_seconds shared out evenly: about how long a job that comes now waits.',
    labels: [],
    of: 'api',
  },
  okulo_worker_active_jobs: {
    type: 'gauge',
    help: 'Jobs, and parts of large ones, that this worker is at.',
    labels: [],
    of: 'worker',
  },
  okulo_worker_heartbeat_timestamp_seconds: {
    type: 'gauge',
    help: 'When this worker was last known to take jobs off a queue that answers, as Unix time.',
    labels: [],
    of: 'worker',
  },
  okulo_tiles_total: {
    type: 'counter',
    help: 'Tiles of pictures that were enlarged.',
    labels: ['model'],
    of: 'worker',
  },
  okulo_jobs_ended_total: {
    type: 'counter',
    help: 'Jobs that this worker has seen end, by state (completed, failed, canceled) and, of those that failed, code.',
    labels: ['state', 'code'],
    of: 'worker',
  },
  okulo_job_retries_total: {
    type: 'counter',
    help: 'Attempts at jobs, or at parts of large ones, that failed and are made again.',
    labels: [],
    of: 'worker',
  },
  okulo_jobs_stalled_total: {
    type: 'counter',
    help: 'Jobs whose worker was gone, which this worker has noticed and put back into the queue.',
    labels: [],
    of: 'worker',
  },
  okulo_job_wait_seconds: {
    type: 'histogram',
    help: 'Time from the queueing of a job to its last beginning.',
    labels: [],
    buckets: JOB_SECONDS,
    of: 'worker',
  },
  okulo_job_duration_seconds: {
    type: 'histogram',
    help: 'Time from the queueing of a job to its result.',
    labels: [],
    buckets: JOB_SECONDS,
    of: 'worker',
  },
  okulo_pool_threads: {
    type: 'gauge',
    help: 'Inference threads of a pool: answers, or jobs.',
    labels: ['pool'],
    of: 'both',
  },
  okulo_pool_busy_threads: {
    type: 'gauge',
    help: 'Threads of a pool that are at work.',
    labels: ['pool'],
    of: 'both',
  },
  okulo_inference_backlog_seconds: {
    type: 'gauge',
    help: 'Work that waits for or runs in a pool: about the seconds until all of it is done.',
    labels: ['pool'],
    of: 'both',
  },
  okulo_inference_requests_total: {
    type: 'counter',
    help: 'Requests that inference threads have answered, or refused with a code.',
    labels: ['pool', 'kind', 'outcome'],
    of: 'both',
  },
  okulo_inference_seconds: {
    type: 'histogram',
    help: 'Time of a request in its inference thread.',
    labels: ['pool', 'kind'],
    buckets: REQUEST_SECONDS,
    of: 'both',
  },
  okulo_image_decodes_total: {
    type: 'counter',
    help: 'Decodes of image files; a request of kind analyze has one for each scale that its models and pictures need.',
    labels: ['pool', 'kind'],
    of: 'both',
  },
  okulo_memory_limit_bytes: {
    type: 'gauge',
    help: "Memory that the process may use: its container's limit, or all that the machine has.",
    labels: [],
    of: 'both',
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricName = keyof typeof METRICS;
export type NamesOf<Type extends MetricDefinition['type']> = {
  [Name in MetricName]: (typeof METRICS)[Name]['type'] extends Type ? Name : never;
}[MetricName];
/** A value for each label of a metric, and for nothing else. */
export type LabelsOf<Name extends MetricName> = Readonly<
  Record<(typeof METRICS)[Name]['labels'][number], string>
>;
