/** The seam to OpenTelemetry. Without an exporter (see start-tracing.ts) its API does nothing, and costs next to that. */
import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
} from '@opentelemetry/api';
import { ATTR_ERROR_TYPE } from '@opentelemetry/semantic-conventions';

export { SpanKind, type Attributes };

type Headers = Readonly<Record<string, unknown>>;

const tracer = trace.getTracer('okulo');
let isOn = false;

/** Has spans made from now on; where they go is another matter. */
export function switchTracingOn(): void {
  isOn = true;
}

/** Whether anybody is told of spans: what costs something to find out need not be found out otherwise. */
export function isTracing(): boolean {
  return isOn && (trace.getActiveSpan()?.isRecording() ?? false);
}

/** Runs work, where it is part of a trace, within a span, which ends with it; an error is told by its class or its code, never by its words. */
export async function inSpan<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  if (!isOn || !trace.getActiveSpan()) return work();
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      failed(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** What happened in a trace between two moments, told afterwards. @param start and `end`, in milliseconds of Unix time */
export function addSpan(name: string, start: number, end: number, attributes: Attributes = {}): void {
  if (isOn && trace.getActiveSpan()) tracer.startSpan(name, { startTime: start, attributes }).end(end);
}

/** Tells more of the span at hand. */
export function noteOnSpan(attributes: Attributes): void {
  if (isOn) trace.getActiveSpan()?.setAttributes(attributes);
}

/** The ids that tie a line of the log to its trace; undefined outside of one. */
export function traceIds(): { readonly trace_id: string; readonly span_id: string } | undefined {
  const active = isOn ? trace.getActiveSpan()?.spanContext() : undefined;
  return active && { trace_id: active.traceId, span_id: active.spanId };
}

/**
 * Begins the span of something that others ask of this process, and runs work within it.
 * @param headers what the request came with: it may be part of a trace already
 * @returns the span, for whoever ends it
 */
export function enterServerSpan(
  name: string,
  headers: Headers,
  attributes: Attributes,
  work: () => void,
): Span | undefined {
  if (!isOn) {
    work();
    return undefined;
  }
  const parent = propagation.extract(context.active(), headers);
  const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
  context.with(trace.setSpan(parent, span), work);
  return span;
}

/**
 * Runs the work of an operation within a span, which `endSpan` ends.
 * @param headers of the request that it came by, where that has no span of its own
 */
export function withOperationSpan<T>(work: () => T, headers?: Headers): T {
  if (!isOn) return work();
  const parent = headers ? propagation.extract(context.active(), headers) : context.active();
  const span = tracer.startSpan('operation', {}, parent);
  return context.with(trace.setSpan(parent, span), work);
}

/** Ends the span at hand. @param code of what went wrong, if something did */
export function endSpan(name: string, attributes: Attributes, code: string | undefined): void {
  if (!isOn) return;
  const span = trace.getActiveSpan();
  span?.updateName(name).setAttributes(attributes);
  if (code !== undefined) span?.setStatus({ code: SpanStatusCode.ERROR }).setAttribute(ATTR_ERROR_TYPE, code);
  span?.end();
}

function failed(span: Span, error: unknown): void {
  const name = error instanceof Error ? error.name : typeof error;
  const type = error instanceof Error && 'code' in error ? String(error.code) : name;
  span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute(ATTR_ERROR_TYPE, type);
}
