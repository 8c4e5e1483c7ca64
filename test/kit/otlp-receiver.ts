import { once } from 'node:events';
import { createServer } from 'node:http';
import schema from 'otlp-schema/build/src/generated/root.js';
import { z } from 'zod';

interface Message {
  decode(bytes: Uint8Array): unknown;
  toObject(message: unknown, options: object): unknown;
}
interface Schema {
  readonly opentelemetry: {
    readonly proto: {
      readonly collector: {
        readonly trace: { readonly v1: { readonly ExportTraceServiceRequest: Message } };
      };
    };
  };
}

/** What decodes a request, made from the schema that OpenTelemetry publishes; it comes without types. */
const { ExportTraceServiceRequest } = (schema as unknown as Schema).opentelemetry.proto.collector.trace.v1;

const valueShape = z
  .object({
    stringValue: z.string(),
    intValue: z.coerce.number(),
    boolValue: z.boolean(),
    doubleValue: z.number(),
  })
  .partial()
  .transform(
    ({ stringValue, intValue, boolValue, doubleValue }) =>
      stringValue ?? intValue ?? boolValue ?? doubleValue,
  );
const attributesShape = z
  .array(z.object({ key: z.string(), value: valueShape }))
  .default([])
  .transform((pairs) => Object.fromEntries(pairs.map(({ key, value }) => [key, value])));
const requestShape = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: attributesShape }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().default(''),
              name: z.string(),
              kind: z.string(),
              startTimeUnixNano: z.coerce.bigint(),
              endTimeUnixNano: z.coerce.bigint(),
              attributes: attributesShape,
              status: z.object({ code: z.string().optional(), message: z.string().optional() }).default({}),
            }),
          ),
        }),
      ),
    }),
  ),
});
type SentSpan = z.infer<typeof requestShape>['resourceSpans'][number]['scopeSpans'][number]['spans'][number];

export interface ReceivedSpan extends SentSpan {
  /** The process that has sent it. */
  readonly service: string;
}

export interface OtlpReceiver {
  readonly url: string;
  /** All that came so far. */
  readonly spans: readonly ReceivedSpan[];
  readonly close: () => Promise<void>;
}

/** Takes traces by OTLP over HTTP, as a collector does. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (request.url !== '/v1/traces' || request.headers['content-type'] !== 'application/x-protobuf') {
        response.writeHead(400).end();
        return;
      }
      spans.push(...spansOf(Buffer.concat(parts)));
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    spans,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function spansOf(body: Uint8Array): ReceivedSpan[] {
  const decoded = ExportTraceServiceRequest.toObject(ExportTraceServiceRequest.decode(body), {
    longs: String,
    enums: String,
    bytes: String,
    defaults: false,
  });
  return requestShape.parse(decoded).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        ...span,
        traceId: hex(span.traceId),
        spanId: hex(span.spanId),
        parentSpanId: hex(span.parentSpanId),
        service: String(resource.attributes['service.name']),
      })),
    ),
  );
}

function hex(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex');
}
