import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { within } from '../platform/deadline.js';
import { METRICS, type LabelsOf, type MetricDefinition, type NamesOf } from './metric-table.js';

/** A value of a gauge as it is now. */
export type Reading = {
  [Name in NamesOf<'gauge'>]: {
    readonly metric: Name;
    readonly labels: LabelsOf<Name>;
    readonly value: number;
  };
}[NamesOf<'gauge'>];

/** Reads gauges whenever the metrics are read. */
export type Reader = () => readonly Reading[] | Promise<readonly Reading[]>;

interface MetricsOptions {
  /** Metrics of the other one are not shown; `serve` is both. */
  readonly role: 'serve' | 'api' | 'worker';
  /** Told of a reader that fails; its gauges have no value then. */
  readonly onError: (error: unknown) => void;
  /** How long readers are waited for: whoever reads metrics does not wait for ever either. */
  readonly limitMs?: number;
}

const LIMIT_MS = 3000;
/** Of the library's own: their names say that they are counters, or no unit, and none of them is missed. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** The metrics of one process, see metric-table.ts, for Prometheus to read. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #counters = new Map<string, Counter>();
  readonly #gauges = new Map<string, Gauge>();
  readonly #histograms = new Map<string, Histogram>();
  readonly #readers: Reader[] = [];
  readonly #options: MetricsOptions;

  constructor(options: MetricsOptions) {
    this.#options = options;
    collectDefaultMetrics({ register: this.#registry });
    for (const name of MISNAMED) this.#registry.removeSingleMetric(name);
    const registers = [this.#registry];
    for (const [name, definition] of Object.entries<MetricDefinition>(METRICS)) {
      const { help, labels, of } = definition;
      if (options.role !== 'serve' && of !== 'both' && of !== options.role) continue;
      const common = { name, help, labelNames: [...labels], registers };
      switch (definition.type) {
        case 'counter':
          this.#counters.set(name, new Counter(common));
          break;
        case 'gauge':
          this.#gauges.set(name, new Gauge(common));
          break;
        case 'histogram':
          this.#histograms.set(name, new Histogram({ ...common, buckets: [...definition.buckets] }));
      }
    }
  }

  /** Adds to a counter; by 0 it is shown before there is anything to count. */
  count<Name extends NamesOf<'counter'>>(name: Name, labels: LabelsOf<Name>, by = 1): void {
    this.#counters.get(name)?.inc(labels, by);
  }

  /** @param value in the unit of the metric's name */
  observe<Name extends NamesOf<'histogram'>>(name: Name, labels: LabelsOf<Name>, value: number): void {
    this.#histograms.get(name)?.observe(labels, value);
  }

  /** Has gauges read from now on. */
  watch(reader: Reader): void {
    this.#readers.push(reader);
  }

  /** All metrics in Prometheus' text format. */
  async text(): Promise<string> {
    const readings = await Promise.all(this.#readers.map((reader) => this.#read(reader)));
    for (const gauge of this.#gauges.values()) {
      gauge.reset();
      // One without labels would be 0 now, which is not the same as unknown.
      gauge.remove({});
    }
    for (const { metric, labels, value } of readings.flat()) this.#gauges.get(metric)?.set(labels, value);
    return this.#registry.metrics();
  }

  /** The media type of that text. */
  get mediaType(): string {
    return this.#registry.contentType;
  }

  async #read(reader: Reader): Promise<readonly Reading[]> {
    const { onError, limitMs = LIMIT_MS } = this.#options;
    try {
      return await within(limitMs, Promise.resolve(reader()));
    } catch (error) {
      onError(error);
      return [];
    }
  }
}
