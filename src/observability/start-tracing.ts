/** OpenTelemetry's SDK, read only where traces go somewhere. What is set by its own variables (`OTEL_*`) it reads itself. */
import { diag, DiagLogLevel, type TextMapPropagator } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { AWSXRayIdGenerator } from '@opentelemetry/id-generator-aws-xray';
import { AWSXRayPropagator } from '@opentelemetry/propagator-aws-xray';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import type { Telemetry } from 'bullmq';
import { within } from '../platform/deadline.js';
import { repeatFilter } from '../platform/repeats.js';
import type { Logger } from './logger.js';
import { queueTelemetry } from './queue-telemetry.js';
import { switchTracingOn } from './tracing.js';

export const PROPAGATORS = ['tracecontext', 'baggage', 'xray'] as const;
export type PropagatorName = (typeof PROPAGATORS)[number];

export interface TracingOptions {
  /** What the process is called where `OTEL_SERVICE_NAME` does not say. */
  readonly serviceName: string;
  /** How callers may name the trace that a request belongs to. With `xray`, ids are such as X-Ray takes. */
  readonly propagators: readonly PropagatorName[];
  readonly log: Pick<Logger, 'warn'>;
}

export interface Tracing {
  /** Carries the trace of who queues a job to who carries it out. */
  readonly telemetry: Telemetry;
  /** Sends what has not been sent, as far as that goes within a moment. */
  stop(): Promise<void>;
}

/** A collector that is away says the same of every batch. */
const REPEAT_MS = 10 * 60_000;
const FLUSH_LIMIT_MS = 3000;

const MAKE: Readonly<Record<PropagatorName, () => TextMapPropagator>> = {
  tracecontext: () => new W3CTraceContextPropagator(),
  baggage: () => new W3CBaggagePropagator(),
  xray: () => new AWSXRayPropagator(),
};

/** Has spans made, and sent by OTLP over HTTP; nothing waits for that, and nothing fails of it. */
export function startTracing({ serviceName, propagators, log }: TracingOptions): Tracing {
  const isNews = repeatFilter(REPEAT_MS);
  const tell = (message: string): void => {
    const reason = brief(message);
    if (isNews(reason)) log.warn({ reason }, 'traces cannot be sent');
  };
  diag.setLogger(
    { error: tell, warn: tell, info: () => undefined, debug: () => undefined, verbose: () => undefined },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const resource = defaultResource()
    .merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: serviceName }))
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new NodeTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
    ...(propagators.includes('xray') && { idGenerator: new AWSXRayIdGenerator() }),
  });
  provider.register({
    propagator: new CompositePropagator({ propagators: propagators.map((name) => MAKE[name]()) }),
  });
  switchTracingOn();
  return {
    telemetry: queueTelemetry(),
    stop: () => within(FLUSH_LIMIT_MS, provider.shutdown()).catch((error: unknown) => tell(String(error))),
  };
}

/** The library tells an error as JSON with its stack, and the same outage in several forms. */
function brief(message: string): string {
  const code = /ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|Request timed out|no answer within/i.exec(
    message,
  )?.[0];
  return code ?? message.split('\n', 1)[0]?.slice(0, 200) ?? '';
}
