import { SpanKind, type Span, type Telemetry } from 'bullmq';
import { BullMQOtel } from 'bullmq-otel';

/** What BullMQ does beside queueing and processing jobs, it does all the time and for nobody in particular. */
const NO_SPAN: Span = {
  setSpanOnContext: (context: unknown) => context,
  setAttribute: () => undefined,
  setAttributes: () => undefined,
  addEvent: () => undefined,
  recordException: () => undefined,
  end: () => undefined,
};

/** Jobs' results and reasons for failure have what clients have sent in them. */
const TOLD = /^bullmq\.(queue\.name|job\.(id|name|attempts\.made|attempt\.finished\.timestamp))$/;

/** Carries the trace of who queues a job to who processes it, with a span of each, and nothing of what the job is about. */
export function queueTelemetry(): Telemetry {
  const { tracer, contextManager } = new BullMQOtel({ tracerName: 'okulo' });
  return {
    contextManager,
    tracer: {
      startSpan: (name, options, context) =>
        options?.kind === SpanKind.PRODUCER || options?.kind === SpanKind.CONSUMER
          ? discreet(tracer.startSpan(name, options, context as never))
          : NO_SPAN,
    },
  };
}

function discreet(span: Span): Span {
  return {
    setSpanOnContext: (context: unknown): unknown => span.setSpanOnContext(context),
    setAttribute: (key, value) => {
      if (TOLD.test(key)) span.setAttribute(key, value);
    },
    setAttributes: (attributes) =>
      span.setAttributes(Object.fromEntries(Object.entries(attributes).filter(([key]) => TOLD.test(key)))),
    addEvent: () => undefined,
    recordException: (exception) =>
      span.setAttribute('error.type', exception instanceof Error ? exception.name : 'Error'),
    end: () => span.end(),
  };
}
