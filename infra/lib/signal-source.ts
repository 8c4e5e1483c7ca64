/** The service's own table of what is looked at and warned of, in the part that CloudWatch has. */
import { SIGNALS, type CloudWatchSource, type Signal } from '../../src/observability/signals.js';

export type { Alarm, CloudWatchSource, Signal } from '../../src/observability/signals.js';

export type CloudWatchSignal = Signal & { readonly cloudwatch: CloudWatchSource };
type OwnSource = Extract<CloudWatchSource, { from: 'okulo' }>;

const signals: readonly Signal[] = SIGNALS;

export const CLOUDWATCH_SIGNALS: readonly CloudWatchSignal[] = signals.filter(
  (signal): signal is CloudWatchSignal => signal.cloudwatch !== undefined,
);

/** What the service tells itself, and a collector passes on: workers are scaled by one of them. */
export const OWN_SOURCES: readonly OwnSource[] = CLOUDWATCH_SIGNALS.map(
  ({ cloudwatch }) => cloudwatch,
).filter((source) => source.from === 'okulo');

export function signalOf(id: string): CloudWatchSignal {
  const found = CLOUDWATCH_SIGNALS.find((signal) => signal.id === id);
  if (found === undefined) throw new Error(`There is no signal '${id}' that CloudWatch has`);
  return found;
}
