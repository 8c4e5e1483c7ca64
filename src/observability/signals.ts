/**
 * What an operator looks at and is warned of. Dashboards and alarms of Prometheus and of CloudWatch derive from this
 * one table, and so does what docs say about each alarm.
 */
import { ERROR_CODES, ERROR_DESCRIPTIONS } from '../error-codes.js';
import type { MetricName } from './metric-table.js';

/** What the service failed, and not who asked. */
const FAULTS = ERROR_CODES.filter((code) => ERROR_DESCRIPTIONS[code].status >= 500).join('|');

type Statistic = 'Sum' | 'Average' | 'Maximum' | 'Minimum' | 'p95';

/** Where CloudWatch has the same. */
export type CloudWatchSource =
  /** One of the service's own metrics, which a collector passes on; a counter as what was added since the last time. */
  | {
      readonly from: 'okulo';
      readonly metric: MetricName | 'process_resident_memory_bytes' | 'nodejs_eventloop_lag_p99_seconds';
      readonly statistic: Statistic;
      /** Only what has these labels. */
      readonly labels?: Readonly<Record<string, string>>;
    }
  | {
      readonly from: 'load-balancer';
      readonly metric: 'RequestCount' | 'TargetResponseTime' | 'HTTPCode_Target_5XX_Count';
      readonly statistic: Statistic;
    }
  | {
      readonly from: 'ecs';
      /** The services whose tasks it is about. */
      readonly of: 'api' | 'worker' | 'both';
      readonly metric: 'CPUUtilization' | 'MemoryUtilization';
      readonly statistic: Statistic;
    };

/** When somebody is told. */
export interface Alarm {
  readonly severity: 'page' | 'ticket';
  /** The value that is looked at. */
  readonly promql: string;
  readonly comparison: '>' | '<';
  /** In the unit of `promql`. */
  readonly threshold: number;
  /** Where the source in CloudWatch counts in another unit, or its value means something else. */
  readonly cloudwatch?: { readonly comparison: '>' | '<'; readonly threshold: number };
  /** How long it has to be so. */
  readonly minutes: number;
  /** What no data means; `fine` unless said. */
  readonly missing?: 'fine' | 'alarming';
  readonly meaning: string;
  readonly action: string;
}

export interface Signal {
  /** In kebab-case. */
  readonly id: string;
  readonly title: string;
  readonly group: 'requests' | 'jobs' | 'processes';
  readonly unit: 'seconds' | 'bytes' | 'ratio' | 'per-second' | 'count';
  /** What a dashboard draws. */
  readonly promql: string;
  /** The label that tells its lines apart. */
  readonly by?: string;
  /** Undefined where CloudWatch has nothing as good: it is drawn by Prometheus alone. */
  readonly cloudwatch?: CloudWatchSource;
  readonly alarm?: Alarm;
}

const own = (
  metric: Extract<CloudWatchSource, { from: 'okulo' }>['metric'],
  statistic: Statistic,
  labels?: Readonly<Record<string, string>>,
): CloudWatchSource => ({ from: 'okulo', metric, statistic, ...(labels && { labels }) });

export const SIGNALS = [
  {
    id: 'operations',
    title: 'Operations',
    group: 'requests',
    unit: 'per-second',
    promql: 'sum by (operation) (rate(okulo_operation_duration_seconds_count[5m]))',
    by: 'operation',
    cloudwatch: { from: 'load-balancer', metric: 'RequestCount', statistic: 'Sum' },
  },
  {
    id: 'codes',
    title: 'Operations by code',
    group: 'requests',
    unit: 'per-second',
    promql: 'sum by (code) (rate(okulo_operation_duration_seconds_count[5m]))',
    by: 'code',
  },
  {
    id: 'faults',
    title: 'Operations that the service failed',
    group: 'requests',
    unit: 'per-second',
    promql: 'sum(rate(okulo_operation_faults_total[5m]))',
    cloudwatch: own('okulo_operation_faults_total', 'Sum'),
    alarm: {
      severity: 'page',
      promql: 'sum(increase(okulo_operation_faults_total[5m]))',
      comparison: '>',
      threshold: 5,
      minutes: 5,
      meaning:
        'Operations end with a code of status 5xx: a defect, an outage of the queue or the storage, or more work than can be done in time.',
      action:
        'See which code it is in "Operations by code". OVERLOADED: more tasks. QUEUE_UNAVAILABLE or STORAGE_UNAVAILABLE: `/readyz` names the part and the log the reason. INTERNAL_SERVER_ERROR: search the log for level 50.',
    },
  },
  {
    id: 'http-5xx',
    title: 'Answers of status 5xx',
    group: 'requests',
    unit: 'count',
    promql: `sum by (transport) (increase(okulo_operation_duration_seconds_count{code=~"${FAULTS}"}[5m]))`,
    by: 'transport',
    cloudwatch: { from: 'load-balancer', metric: 'HTTPCode_Target_5XX_Count', statistic: 'Sum' },
    alarm: {
      severity: 'page',
      promql: `sum(increase(okulo_operation_duration_seconds_count{code=~"${FAULTS}"}[5m]))`,
      comparison: '>',
      threshold: 10,
      minutes: 5,
      meaning: 'Clients are answered with status 5xx, or with such a code within an answer.',
      action:
        'As for failed operations; where those are few, tasks are being replaced or are not reached: look at the service’s events and its health checks.',
    },
  },
  {
    id: 'latency',
    title: 'Time of an operation, 95th percentile',
    group: 'requests',
    unit: 'seconds',
    promql:
      'histogram_quantile(0.95, sum by (le) (rate(okulo_operation_duration_seconds_bucket{transport!="websocket"}[5m])))',
    cloudwatch: { from: 'load-balancer', metric: 'TargetResponseTime', statistic: 'p95' },
    alarm: {
      severity: 'ticket',
      promql:
        'histogram_quantile(0.95, sum by (le) (rate(okulo_operation_duration_seconds_bucket{transport!="websocket"}[5m])))',
      comparison: '>',
      threshold: 5,
      minutes: 15,
      meaning: 'One operation in twenty takes more than five seconds.',
      action:
        '"Where the time goes" tells: `queue` grows where tasks are too few, `receive` where clients or addresses of images are slow, `inference` where pictures or models have become larger.',
    },
  },
  {
    id: 'stages',
    title: 'Where the time goes',
    group: 'requests',
    unit: 'seconds',
    promql:
      'sum by (stage) (rate(okulo_stage_duration_seconds_sum[5m])) / sum by (stage) (rate(okulo_stage_duration_seconds_count[5m]))',
    by: 'stage',
  },
  {
    id: 'models',
    title: 'Results by model',
    group: 'requests',
    unit: 'per-second',
    promql: 'sum by (model) (rate(okulo_stage_duration_seconds_count{stage="inference"}[5m]))',
    by: 'model',
  },
  {
    id: 'queue',
    title: 'Jobs on the queue',
    group: 'jobs',
    unit: 'count',
    promql: 'max by (state) (okulo_queue_jobs)',
    by: 'state',
    cloudwatch: own('okulo_queue_jobs', 'Maximum', { state: 'waiting' }),
  },
  {
    id: 'oldest-job',
    title: 'Age of the oldest waiting job',
    group: 'jobs',
    unit: 'seconds',
    promql: 'max(okulo_queue_oldest_job_age_seconds)',
    cloudwatch: own('okulo_queue_oldest_job_age_seconds', 'Maximum'),
    alarm: {
      severity: 'page',
      promql: 'max(okulo_queue_oldest_job_age_seconds)',
      comparison: '>',
      threshold: 600,
      minutes: 5,
      missing: 'alarming',
      meaning:
        'A job has waited for ten minutes, and nobody has begun it; or no API tells how it is: none runs, or the queue answers none.',
      action:
        'Without figures: look at the events of the API’s service and at `/readyz`, which names what does not answer. Otherwise: are there workers ("Workers"), and do they work ("Active jobs")? Where all are busy, raise the most that may run. Where none runs: its events tell why it does not start.',
    },
  },
  {
    id: 'backlog',
    title: 'Work on the queue for each worker',
    group: 'jobs',
    unit: 'seconds',
    promql: 'max(okulo_queue_backlog_seconds_per_worker)',
    cloudwatch: own('okulo_queue_backlog_seconds_per_worker', 'Maximum'),
  },
  {
    id: 'workers',
    title: 'Workers',
    group: 'jobs',
    unit: 'count',
    promql: 'max(okulo_queue_workers)',
    cloudwatch: own('okulo_queue_workers', 'Maximum'),
  },
  {
    id: 'active-jobs',
    title: 'Active jobs',
    group: 'jobs',
    unit: 'count',
    promql: 'sum(okulo_worker_active_jobs)',
    // A sum of a gauge in CloudWatch would count each scrape anew.
    cloudwatch: own('okulo_queue_jobs', 'Maximum', { state: 'active' }),
  },
  {
    id: 'heartbeat',
    title: 'Since a worker was last heard of',
    group: 'jobs',
    unit: 'seconds',
    promql: 'time() - max(okulo_worker_heartbeat_timestamp_seconds)',
    cloudwatch: own('okulo_worker_heartbeat_timestamp_seconds', 'Maximum'),
    alarm: {
      severity: 'page',
      promql: 'time() - max(okulo_worker_heartbeat_timestamp_seconds)',
      comparison: '>',
      threshold: 120,
      // Its value is a point in time there: what is told of it is that there is data.
      cloudwatch: { comparison: '<', threshold: 0 },
      minutes: 5,
      missing: 'alarming',
      meaning: 'No worker takes jobs off the queue: they are not there, or do not reach it.',
      action:
        'Look at the events of the worker’s service and at its log; `/readyz` on the worker’s port names what does not work. Jobs are kept and go on when a worker is back.',
    },
  },
  {
    id: 'failed-jobs',
    title: 'Failed jobs',
    group: 'jobs',
    unit: 'count',
    promql: 'sum by (state) (increase(okulo_jobs_ended_total[10m]))',
    by: 'state',
    cloudwatch: own('okulo_jobs_ended_total', 'Sum', { state: 'failed' }),
    alarm: {
      severity: 'ticket',
      promql: 'sum(increase(okulo_jobs_ended_total{state="failed",code!="BAD_IMAGE"}[10m]))',
      comparison: '>',
      threshold: 3,
      minutes: 10,
      meaning: 'Jobs end as failed, after all of their attempts.',
      action:
        'The log line "job attempt failed" has the reason, with the id of the job. Clients retry a job by `retryJob`; what was done of it is kept.',
    },
  },
  {
    id: 'retries',
    title: 'Attempts made again',
    group: 'jobs',
    unit: 'per-second',
    promql: 'sum(rate(okulo_job_retries_total[5m]))',
    cloudwatch: own('okulo_job_retries_total', 'Sum'),
  },
  {
    id: 'stalled',
    title: 'Jobs whose worker was gone',
    group: 'jobs',
    unit: 'per-second',
    promql: 'sum(rate(okulo_jobs_stalled_total[5m]))',
    cloudwatch: own('okulo_jobs_stalled_total', 'Sum'),
  },
  {
    id: 'job-wait',
    title: 'Wait of a job, 95th percentile',
    group: 'jobs',
    unit: 'seconds',
    promql: 'histogram_quantile(0.95, sum by (le) (rate(okulo_job_wait_seconds_bucket[10m])))',
  },
  {
    id: 'job-duration',
    title: 'Time to the result of a job, 95th percentile',
    group: 'jobs',
    unit: 'seconds',
    promql: 'histogram_quantile(0.95, sum by (le) (rate(okulo_job_duration_seconds_bucket[10m])))',
  },
  {
    id: 'tiles',
    title: 'Tiles',
    group: 'jobs',
    unit: 'per-second',
    promql: 'sum by (model) (rate(okulo_tiles_total[5m]))',
    by: 'model',
    cloudwatch: own('okulo_tiles_total', 'Sum'),
  },
  {
    id: 'pools',
    title: 'Use of inference threads',
    group: 'processes',
    unit: 'ratio',
    promql: 'sum by (pool) (okulo_pool_busy_threads) / sum by (pool) (okulo_pool_threads)',
    by: 'pool',
  },
  {
    id: 'pool-backlog',
    title: 'Work that waits for inference threads',
    group: 'processes',
    unit: 'seconds',
    promql: 'max by (pool) (okulo_inference_backlog_seconds)',
    by: 'pool',
  },
  {
    id: 'inference',
    title: 'Requests to inference threads',
    group: 'processes',
    unit: 'per-second',
    promql: 'sum by (kind) (rate(okulo_inference_requests_total[5m]))',
    by: 'kind',
  },
  {
    id: 'inference-time',
    title: 'Time in an inference thread, 95th percentile',
    group: 'processes',
    unit: 'seconds',
    promql: 'histogram_quantile(0.95, sum by (le, kind) (rate(okulo_inference_seconds_bucket[5m])))',
    by: 'kind',
  },
  {
    id: 'decodes',
    title: 'Decodes of image files',
    group: 'processes',
    unit: 'per-second',
    promql: 'sum by (kind) (rate(okulo_image_decodes_total[5m]))',
    by: 'kind',
  },
  {
    id: 'memory',
    title: 'Memory',
    group: 'processes',
    unit: 'ratio',
    promql: 'max by (instance) (process_resident_memory_bytes / okulo_memory_limit_bytes)',
    by: 'instance',
    cloudwatch: { from: 'ecs', of: 'both', metric: 'MemoryUtilization', statistic: 'Maximum' },
    alarm: {
      severity: 'ticket',
      promql: 'max(process_resident_memory_bytes / okulo_memory_limit_bytes)',
      comparison: '>',
      threshold: 0.9,
      // In percent there.
      cloudwatch: { comparison: '>', threshold: 90 },
      minutes: 10,
      meaning: 'A process uses more than nine tenths of its memory; beyond all of it, it is killed.',
      action:
        'Give the tasks more memory, or fewer threads (`INFERENCE_THREADS`, `SUPER_RESOLUTION_THREADS`) or smaller pictures (`MAX_IMAGE_PIXELS`). Jobs of a killed worker go on elsewhere.',
    },
  },
  {
    id: 'cpu',
    title: 'Processor time',
    group: 'processes',
    unit: 'per-second',
    promql: 'sum by (instance) (rate(process_cpu_seconds_total[5m]))',
    by: 'instance',
    cloudwatch: { from: 'ecs', of: 'both', metric: 'CPUUtilization', statistic: 'Average' },
  },
  {
    id: 'event-loop',
    title: 'Delay of the event loop, 99th percentile',
    group: 'processes',
    unit: 'seconds',
    promql: 'max by (instance) (nodejs_eventloop_lag_p99_seconds)',
    by: 'instance',
    cloudwatch: own('nodejs_eventloop_lag_p99_seconds', 'Maximum'),
  },
] as const satisfies readonly Signal[];

/** When Prometheus warns of a signal: an expression that has a series then, and none otherwise. */
export function alertExpression({ promql, comparison, threshold, missing }: Alarm): string {
  const expression = `${promql} ${comparison} ${threshold}`;
  return missing === 'alarming' ? `(${expression}) or absent(${promql})` : expression;
}
