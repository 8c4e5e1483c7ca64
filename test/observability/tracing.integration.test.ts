/** Traces as a collector gets them, of real processes. */
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { GraphqlClient } from '../kit/graphql-client.js';
import { startOtlpReceiver, type OtlpReceiver, type ReceivedSpan } from '../kit/otlp-receiver.js';
import { startRedis, type TestRedis } from '../kit/redis-server.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { completed, submit } from '../kit/service-jobs.js';
import { operation } from '../kit/service-operations.js';
import { inBase64, picture, pngFile } from '../kit/service-pictures.js';
import { startService, startWorker, type TestService, type TestWorker } from '../kit/service.js';

const KIND = (name: string) => `SPAN_KIND_${name}`;
const ERROR = 'STATUS_CODE_ERROR';
/** Batches are sent when they are this old. */
const SOON = { OTEL_BSP_SCHEDULE_DELAY: '100' };

let receiver: OtlpReceiver;
beforeEach(async () => {
  receiver = await startOtlpReceiver();
});
afterEach(() => receiver.close());

/** The spans of the trace with a span of some name, once it has all that are named. */
async function traceWith(...names: string[]): Promise<readonly ReceivedSpan[]> {
  return vi.waitFor(
    () => {
      const traceId = receiver.spans.find(({ name }) => name === names[0])?.traceId;
      const trace = receiver.spans.filter((span) => span.traceId === traceId);
      expect(trace.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
      return trace;
    },
    { timeout: 30_000, interval: 100 },
  );
}

function named(trace: readonly ReceivedSpan[], name: string): ReceivedSpan {
  const span = trace.find((each) => each.name === name);
  if (!span) throw new Error(`No ${name} among ${trace.map((each) => each.name).join(', ')}`);
  return span;
}

/** Names from a span up to the first of its trace. */
function pathOf(trace: readonly ReceivedSpan[], span: ReceivedSpan): string[] {
  const parent = trace.find(({ spanId }) => spanId === span.parentSpanId);
  return parent ? [...pathOf(trace, parent), span.name] : [span.name];
}

const photo = async () => inBase64(await readFile('images/road/street.jpg'));

describe('a service in one process', () => {
  let service: TestService;
  let client: GraphqlClient;
  beforeEach(async () => {
    service = await startService({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...SOON } });
    client = new GraphqlClient(service.url);
  });
  afterEach(() => service.stop());

  it('tells an analysis from HTTP to the stages of each model', async () => {
    await client.post(operation('analyze'), { image: await photo() });
    const trace = await traceWith('POST /graphql', 'mutation analyze', 'thread analyze');
    const thread = named(trace, 'thread analyze');
    expect(pathOf(trace, thread)).toEqual(['POST /graphql', 'mutation analyze', 'thread analyze']);
    const server = named(trace, 'POST /graphql');
    expect(server).toMatchObject({ kind: KIND('SERVER'), service: 'okulo-serve', parentSpanId: '' });
    expect(server.attributes).toMatchObject({
      'http.request.method': 'POST',
      'url.path': '/graphql',
      'http.response.status_code': 200,
    });
    expect(named(trace, 'mutation analyze').attributes).toMatchObject({
      'graphql.operation.type': 'mutation',
      'okulo.transport': 'http',
    });
    const stages = trace.filter(({ parentSpanId }) => parentSpanId === thread.spanId);
    expect(new Set(stages.map(({ name }) => name))).toEqual(
      new Set(['queue', 'decode', 'preprocess', 'inference', 'postprocess']),
    );
    const models = stages
      .filter(({ name }) => name === 'inference')
      .map((span) => span.attributes['okulo.model']);
    expect(new Set(models).size).toBe(3);
    for (const { startTimeUnixNano, endTimeUnixNano } of stages) {
      expect(endTimeUnixNano).toBeGreaterThanOrEqual(startTimeUnixNano);
      // Clocks of threads are read apart, and agree to about a millisecond.
      expect(Number(startTimeUnixNano - thread.startTimeUnixNano)).toBeGreaterThan(-3e6);
      expect(Number(thread.endTimeUnixNano - endTimeUnixNano)).toBeGreaterThan(-3e6);
    }
  });

  it('tells what went wrong by its code', async () => {
    await client.post(operation('classify'), { image: inBase64(Buffer.from('no image')) });
    const trace = await traceWith('POST /graphql', 'mutation classify');
    expect(named(trace, 'mutation classify')).toMatchObject({
      status: { code: ERROR },
      attributes: { 'error.type': 'BAD_IMAGE' },
    });
  });

  it('tells a route of the earlier service, and an operation over a WebSocket', async () => {
    const { base64 } = await photo();
    const headers = { 'content-type': 'application/json' };
    await fetch(`${service.url}/classify_image`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ image: base64 }),
    });
    const rest = await traceWith('POST /classify_image', 'rest classify_image', 'thread analyze');
    expect(pathOf(rest, named(rest, 'thread analyze'))).toEqual([
      'POST /classify_image',
      'rest classify_image',
      'thread analyze',
    ]);
    await client.overSocket('{ models { id } }');
    const socket = await traceWith('query models');
    expect(named(socket, 'query models').attributes).toMatchObject({ 'okulo.transport': 'websocket' });
  });

  it.each([
    ['traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
    ['a tracestate beside it', '00-4bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b7-01'],
  ])('goes on with the trace that %s names', async (_what, traceparent) => {
    await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent, tracestate: 'vendor=1' },
      body: JSON.stringify({ query: '{ models { id } }' }),
    });
    const trace = await traceWith('POST /graphql', 'query models');
    expect(named(trace, 'POST /graphql')).toMatchObject({
      traceId: traceparent.slice(3, 35),
      parentSpanId: '00f067aa0ba902b7',
    });
  });

  it('tells nothing of health, metrics, pages, or of what BullMQ does by itself', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics', '/']) await fetch(`${service.url}${path}`);
    await client.post('{ limits { uploadBytes } }').catch(() => undefined);
    await client.post('{ models { id } }');
    await traceWith('query models');
    const roots = receiver.spans.filter(({ parentSpanId }) => parentSpanId === '');
    expect(new Set(roots.map(({ name }) => name))).toEqual(new Set(['POST /graphql']));
  });

  it('tells a job in one trace, from HTTP to its tile, and nothing of what was sent', async () => {
    const file = pngFile(await picture({ seed: 1 }), 'my-private-name.png');
    const query = `mutation MyOwnName($image: ImageInput!) { superResolve(image: $image) { id } }`;
    const { data } = await client.upload(query, file, {});
    const { superResolve } = data as { superResolve: { id: string } };
    await completed(client, superResolve.id);
    const trace = await traceWith('POST /graphql', 'mutation superResolve', 'tile', 'thread encodeShared');
    expect(pathOf(trace, named(trace, 'tile')).at(-2)).toMatch(/^process/);
    const words = JSON.stringify(receiver.spans, (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    for (const secret of ['my-private-name', 'MyOwnName', 'ImageInput']) expect(words).not.toContain(secret);
  });

  it('ties the lines of the log to it', async () => {
    await client.post('{ models { id } }');
    const [span] = (await traceWith('query models')).filter(({ name }) => name === 'query models');
    const line = service
      .output()
      .split('\n')
      .find((text) => text.includes('"fields":["models"]'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ trace_id: span?.traceId, span_id: span?.spanId });
  });
});

it('with X-Ray, ids have the time in them, and the header of a load balancer is understood', async () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_PROPAGATORS: 'xray', ...SOON };
  const service = await startService({ env });
  try {
    const headers = {
      'content-type': 'application/json',
      'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
    };
    const body = JSON.stringify({ query: '{ models { id } }' });
    await fetch(`${service.url}/graphql`, { method: 'POST', headers, body });
    const given = await traceWith('POST /graphql', 'query models');
    expect(named(given, 'POST /graphql')).toMatchObject({
      traceId: '5759e988bd862e3fe1be46a994272793',
      parentSpanId: '53995c3f42cd8ad8',
    });
    await new GraphqlClient(service.url).post('{ jobCounts { failed } }');
    const own = await traceWith('query jobCounts');
    const seconds = Number.parseInt(own[0]?.traceId.slice(0, 8) ?? '', 16);
    expect(Math.abs(Date.now() / 1000 - seconds)).toBeLessThan(60);
  } finally {
    await service.stop();
  }
});

it('a collector that is away is said once, and nothing waits or fails for it', async () => {
  const { url } = receiver;
  await receiver.close();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_TIMEOUT: '1000', ...SOON };
  const service = await startService({ env });
  receiver = await startOtlpReceiver();
  const client = new GraphqlClient(service.url);
  for (let n = 0; n < 5; n += 1) expect((await client.post('{ models { id } }')).errors).toEqual([]);
  await vi.waitFor(() => expect(service.output()).toContain('traces cannot be sent'), { timeout: 15_000 });
  expect((await client.post('{ models { id } }')).errors).toEqual([]);
  const stopped = Date.now();
  expect(await service.stop()).toBe(0);
  expect(Date.now() - stopped).toBeLessThan(8000);
  expect(service.output().match(/traces cannot be sent/g)?.length).toBeLessThanOrEqual(2);
});

it('without an address nobody is told, and the log has no ids of traces', async () => {
  const service = await startService();
  await new GraphqlClient(service.url).post('{ models { id } }');
  expect(await service.stop()).toBe(0);
  expect(service.output()).toContain('"fields":["models"]');
  expect(service.output()).not.toContain('trace_id');
});

describe.skipIf(inject('redisServer') === null)('an API and a worker apart', () => {
  let redis: TestRedis;
  let folder: string;
  let api: TestService;
  let worker: TestWorker;
  let collected: OtlpReceiver;

  beforeAll(async () => {
    collected = await startOtlpReceiver();
    redis = await startRedis();
    folder = await dataFolder();
    const env = {
      QUEUE_URL: redis.url,
      WORKER_PORT: '0',
      SUPER_RESOLUTION_TILE: '32',
      OTEL_EXPORTER_OTLP_ENDPOINT: collected.url,
      ...SOON,
    };
    [api, worker] = await Promise.all([
      startService({ role: 'api', dataDir: folder, env }),
      startWorker({ dataDir: folder, env }),
    ]);
  });
  beforeEach(async () => {
    await receiver.close();
    receiver = collected;
  });
  afterEach(async () => {
    receiver = await startOtlpReceiver();
  });
  afterAll(async () => {
    await Promise.all([api.stop(), worker.stop()]);
    await redis.stop();
    await removeFolder(folder);
    await collected.close();
  });

  it.each([
    ['one worker does', { width: 40, height: 30 }, 'thread encodeShared'],
    ['is divided', { width: 320, height: 240 }, 'thread encodeCanvas'],
  ])('tell a picture that %s in one trace', async (_what, size, last) => {
    const client = new GraphqlClient(api.url);
    const { id } = await submit(client, { image: await picture({ seed: size.width, ...size }) });
    await completed(client, id);
    const trace = await vi.waitFor(
      () => {
        const traceId = collected.spans.find(({ attributes }) => attributes['okulo.job.id'] === id)?.traceId;
        const spans = collected.spans.filter((span) => span.traceId === traceId);
        expect(spans.map(({ name }) => name)).toEqual(
          expect.arrayContaining(['POST /graphql', 'tile', last]),
        );
        return spans;
      },
      { timeout: 30_000, interval: 100 },
    );
    const isFrom = (service: string) =>
      trace.filter((span) => span.service === service).map(({ name }) => name);
    expect(isFrom('okulo-api')).toEqual(
      expect.arrayContaining(['POST /graphql', 'mutation superResolve', 'thread inspect']),
    );
    expect(isFrom('okulo-worker')).toEqual(
      expect.arrayContaining(['tile', 'thread upscaleTile', 'inference']),
    );
    expect(trace.filter(({ parentSpanId }) => parentSpanId === '').map(({ name }) => name)).toEqual([
      'POST /graphql',
    ]);
    for (const tile of trace.filter(({ name }) => name === 'tile')) {
      const path = pathOf(trace, tile);
      expect(path.slice(0, 2)).toEqual(['POST /graphql', 'mutation superResolve']);
      expect(tile.attributes).toMatchObject({
        'okulo.model': expect.any(String) as string,
        'okulo.tile': expect.stringMatching(/^\d+_\d+_\d+_\d+$/) as string,
      });
    }
    const kinds = new Map(trace.map(({ name, kind }) => [name.split(' ')[0], kind]));
    expect(kinds.get('process')).toBe(KIND('CONSUMER'));
    expect(kinds.get('add')).toBe(KIND('PRODUCER'));
  });
});
