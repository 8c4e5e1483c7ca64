import { setTimeout as delay } from 'node:timers/promises';
import { startOtlpReceiver, type ReceivedSpan } from '../test/kit/otlp-receiver.js';

/** What happened within the service, in milliseconds of Unix time. */
export interface Interval {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Takes the service's traces, as a collector does. */
export interface Traces {
  /** For the service's environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The intervals of the job's trace, once there is one of this name among them. @throws Error where none comes */
  ofJob(id: string, last: string): Promise<readonly Interval[]>;
  close(): Promise<void>;
}

const SENT_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 20;

export async function startTraces(): Promise<Traces> {
  const receiver = await startOtlpReceiver();
  return {
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      // Sent soon, so that what is still to be sent is not in the way of the next job for long.
      OTEL_BSP_SCHEDULE_DELAY: '100',
    },
    ofJob: async (id, last) => {
      const until = performance.now() + SENT_WITHIN_MS;
      for (;;) {
        const found = traceOf(id, receiver.spans);
        if (found.some(({ name }) => name === last)) return found.map(interval);
        if (performance.now() > until) throw new Error(`No trace with '${last}' of job ${id} came.`);
        await delay(LOOK_EVERY_MS);
      }
    },
    close: () => receiver.close(),
  };
}

function traceOf(jobId: string, spans: readonly ReceivedSpan[]): ReceivedSpan[] {
  const known = spans.find(({ attributes }) => attributes['okulo.job.id'] === jobId);
  return known ? spans.filter(({ traceId }) => traceId === known.traceId) : [];
}

function interval({ name, startTimeUnixNano, endTimeUnixNano }: ReceivedSpan): Interval {
  return { name, start: Number(startTimeUnixNano) / 1e6, end: Number(endTimeUnixNano) / 1e6 };
}

/** Now, as spans have it. */
export function unixTime(): number {
  return performance.timeOrigin + performance.now();
}
