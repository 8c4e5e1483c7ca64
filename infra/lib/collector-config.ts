/**
 * The configuration of the OpenTelemetry collector beside each task: traces to X-Ray, and those metrics to CloudWatch
 * that the table of signals names. Plain data, as the collector reads it.
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/awsemfexporter
 */
import { OWN_SOURCES } from './signal-source.js';

export interface CollectorOptions {
  /** Tells several deployments of an account apart: the value of the dimension `deployment`. */
  readonly deployment: string;
  readonly region: string;
  /** The service's port on this task. */
  readonly port: number;
  /** Where the collector takes traces, on this task. */
  readonly tracesPort: number;
}

export const NAMESPACE = 'Okulo';
/** CloudWatch gets no metric without a dimension from this exporter. */
export const DEPLOYMENT = 'deployment';
/** The variable with the key that opens /metrics. */
export const METRICS_KEY = 'METRICS_KEY';
/** How often the service is asked. */
const SCRAPE_SECONDS = 30;

/** Where the metrics of a deployment go, as lines that CloudWatch makes metrics of. */
export const metricsLogOf = (deployment: string): string => `/okulo/${deployment}/metrics`;

export function collectorConfig({ deployment, region, port, tracesPort }: CollectorOptions) {
  const names = [...new Set(OWN_SOURCES.map(({ metric }) => metric))].sort();
  return {
    receivers: {
      otlp: { protocols: { http: { endpoint: `127.0.0.1:${tracesPort}` } } },
      prometheus: {
        config: {
          scrape_configs: [
            {
              job_name: 'okulo',
              scrape_interval: `${SCRAPE_SECONDS}s`,
              scrape_timeout: '10s',
              authorization: { type: 'Bearer', credentials: `\${env:${METRICS_KEY}}` },
              static_configs: [{ targets: [`127.0.0.1:${port}`], labels: { [DEPLOYMENT]: deployment } }],
              // What nobody looks at in CloudWatch costs there all the same. `up` and `scrape_*`, which come of the
              // receiver itself, have no declaration below: they stay lines of the log.
              metric_relabel_configs: [
                { source_labels: ['__name__'], regex: names.join('|'), action: 'keep' },
              ],
            },
          ],
        },
      },
    },
    processors: {
      memory_limiter: { check_interval: '1s', limit_mib: 160 },
      'batch/traces': { timeout: '1s', send_batch_size: 50 },
      'batch/metrics': { timeout: '5s' },
    },
    exporters: {
      awsxray: { region },
      awsemf: {
        region,
        namespace: NAMESPACE,
        log_group_name: metricsLogOf(deployment),
        // Each collector writes to a stream of its own unless told one; {TaskId} is what only a processor of ours would know.
        dimension_rollup_option: 'NoDimensionRollup',
        // A first failed job is one, and not where counting begins.
        retain_initial_value_of_delta_metric: true,
        version: '1',
        metric_declarations: declarations(),
      },
    },
    service: {
      telemetry: { logs: { level: 'warn' } },
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: ['memory_limiter', 'batch/traces'],
          exporters: ['awsxray'],
        },
        metrics: {
          receivers: ['prometheus'],
          processors: ['memory_limiter', 'batch/metrics'],
          exporters: ['awsemf'],
        },
      },
    },
  };
}

/** For each set of labels that a signal asks for, the metrics that have it as dimensions. */
function declarations() {
  const byDimensions = new Map<string, Set<string>>();
  for (const { metric, labels = {} } of OWN_SOURCES) {
    const dimensions = [DEPLOYMENT, ...Object.keys(labels)].join(',');
    byDimensions.set(dimensions, (byDimensions.get(dimensions) ?? new Set()).add(metric));
  }
  return [...byDimensions].map(([dimensions, metrics]) => ({
    dimensions: [dimensions.split(',')],
    metric_name_selectors: [...metrics].map((metric) => `^${metric}$`),
  }));
}
