/** What the service's log tells of operations: a line of each, under an id, and never a picture or a key. */
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { digestOfKey, newApiKey } from '../../src/auth/api-key.js';
import { changeKeyFile } from '../../src/auth/key-file.js';
import { operation } from '../kit/service-operations.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';

type Line = Readonly<Record<string, unknown>>;

const alice = newApiKey();
const wrong = newApiKey();
const misplaced = newApiKey();
const NAMED = 'mutation LookAt($image: ImageInput!) { classify(image: $image) { labels { name } } }';

let folder: string;
let service: TestService;
let image: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-log-'));
  const file = join(folder, 'keys.json');
  const createdAt = new Date().toISOString();
  await changeKeyFile(file, () => [{ name: 'alice', sha256: digestOfKey(alice), createdAt }]);
  service = await startService({
    env: { API_KEYS_FILE: file, LOG_LEVEL: 'debug', REQUEST_TIMEOUT_MS: '5000' },
  });
  ({ base64: image } = inBase64(await picture({ seed: 41 })));
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

const linesOf = ({ output }: TestService): Line[] =>
  output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
const lines = (): Line[] => linesOf(service);

/** A WebSocket that sends what it is told to, in this order, and does nothing else by itself. */
async function openPeer(
  { url }: TestService,
  id: string,
  payload: object = { authorization: `Bearer ${alice}` },
) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { 'x-request-id': id },
  });
  const received: { id?: string; type: string }[] = [];
  socket.on('message', (text: Buffer) => received.push(JSON.parse(text.toString()) as { type: string }));
  const send = (message: object) => socket.send(JSON.stringify(message));
  await once(socket, 'open');
  send({ type: 'connection_init', payload });
  await once(socket, 'message');
  return {
    socket,
    send,
    types: () => received.map(({ type }) => type),
    hasCompleted: (of: string) =>
      received.some((message) => message.type === 'complete' && message.id === of),
  };
}

/** The line of an operation, which comes when its answer has left. */
async function lineOf(requestId: string): Promise<Line> {
  const of = () => lines().filter((line) => line['requestId'] === requestId && line['msg'] === 'operation');
  await vi.waitFor(() => expect(of()).toHaveLength(1), 10_000);
  const { level: _level, time: _time, msg: _msg, requestId: _id, ms, ...line } = of()[0] ?? {};
  expect(ms).toBeGreaterThan(0);
  return line;
}

interface Asked {
  readonly path?: string;
  readonly key?: string;
  readonly body: unknown;
}

let asked = 0;
/** Asks under an id of its own. @returns what the log has of it */
async function ask({ path = '/graphql', key = alice, body }: Asked): Promise<Line> {
  const id = `test-${++asked}`;
  const response = await fetch(`${service.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, 'x-request-id': id },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  await response.arrayBuffer();
  expect(response.headers.get('x-request-id')).toBe(id);
  return lineOf(id);
}
const KNOWN = { transport: 'http', owner: 'key:alice' };

describe('an operation over HTTP', () => {
  it('is told by its name, its fields, owner, cost, time and code', async () => {
    const variables = { image: { base64: image } };
    expect(await ask({ body: { query: NAMED, variables } })).toEqual({
      ...KNOWN,
      operation: 'LookAt',
      type: 'mutation',
      fields: ['classify'],
      cost: 52,
      code: 'OK',
    });
  });

  it('is told by its fields where it has no name', async () => {
    const line = await ask({ body: { query: '{ models { id } jobCounts: __typename }' } });
    expect(line).toMatchObject({ type: 'query', fields: ['models', '__typename'], code: 'OK' });
    expect(line).not.toHaveProperty('operation');
  });

  it('is told by its fields wherever fragments bring them in', async () => {
    const query =
      '{ ...A ... on Query { models { id } } } fragment A on Query { limits { imagePixels } ...B } fragment B on Query { models { id } jobCounts { completed } }';
    const line = await ask({ body: { query } });
    expect(line).toMatchObject({ fields: ['limits', 'models', 'jobCounts'], code: 'OK' });
  });

  it.each([
    ['a damaged picture', { query: NAMED, variables: { image: { base64: 'AAAA' } } }, 'BAD_IMAGE', 52],
    ['no text of a query', { query: '{ mod' }, 'GRAPHQL_PARSE_FAILED', undefined],
    ['a field that is not there', { query: '{ nothing }' }, 'GRAPHQL_VALIDATION_FAILED', undefined],
    ['a wrong variable', { query: NAMED, variables: { image: 3 } }, 'BAD_USER_INPUT', undefined],
    ['nothing at all', {}, 'BAD_REQUEST', undefined],
    ['no JSON', '{', 'BAD_REQUEST', undefined],
    [
      'too much at once',
      {
        query: `mutation TooMuch { ${Array.from({ length: 10 }, (_, index) => `a${index}: superResolve(image: { base64: "AAAA" }) { id status }`).join(' ')} }`,
      },
      'QUERY_TOO_COSTLY',
      1020,
    ],
    ['a subscription', { query: 'subscription { jobUpdated(id: "a") { id } }' }, 'BAD_USER_INPUT', undefined],
  ])('is told with its code: %s', async (_what, body, code, cost: unknown) => {
    const line = await ask({ body });
    expect(line).toMatchObject({ ...KNOWN, code });
    expect(line['cost']).toEqual(cost);
  });

  it('is told without an owner where its key is not valid', async () => {
    const line = await ask({ key: wrong, body: { query: '{ models { id } }' } });
    expect(line).toEqual({ transport: 'http', code: 'UNAUTHENTICATED' });
  });

  const post = (id: string, body: object): string => {
    const text = JSON.stringify(body);
    return [
      'POST /graphql HTTP/1.1',
      'Host: 127.0.0.1',
      'Content-Type: application/json',
      `Authorization: Bearer ${alice}`,
      `X-Request-Id: ${id}`,
      `Content-Length: ${Buffer.byteLength(text)}`,
      '',
      text,
    ].join('\r\n');
  };
  const socketTo = async () => {
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };

  it('is told of a client that goes away before it has sent all', async () => {
    const requestId = 'goes-away';
    const body = JSON.stringify({ query: NAMED, variables: { image: { base64: image } } });
    const gone = request(`${service.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${alice}`,
        'x-request-id': requestId,
        'content-length': Buffer.byteLength(body) + 1,
      },
    });
    gone.on('error', () => undefined);
    gone.write(body, () => gone.destroy());
    expect(await lineOf(requestId)).toMatchObject({ code: 'UNANSWERED', owner: 'key:alice' });
  });

  it('is told, each by its name, of a client that goes away while several wait on one connection', async () => {
    const socket = await socketTo();
    const job = { query: operation('super-resolve'), variables: { image: { base64: image } } };
    const look = { query: NAMED, variables: { image: { base64: image } } };
    const all = [job, look, { query: 'query Third { models { id } }' }];
    socket.write(all.map((body, index) => post(`piped-${index}`, body)).join(''), () => socket.destroy());
    const lines = await Promise.all(all.map((_body, index) => lineOf(`piped-${index}`)));
    for (const line of lines) {
      expect(line).toMatchObject({ transport: 'http', code: 'UNANSWERED' });
      // One that was admitted is known, though nobody was answered.
      if ('cost' in line) expect(line).toHaveProperty('operation');
    }
  });

  it.each([
    ['at once', 0],
    ['later', 200],
  ])('is told of one whose body breaks off %s in what is no chunk', async (_when, milliseconds) => {
    const requestId = `no-chunk-${milliseconds}`;
    const socket = await socketTo();
    const answered = once(socket, 'data');
    const head = post(requestId, {}).replace(/Content-Length: .*$/s, 'Transfer-Encoding: chunked\r\n\r\n');
    if (milliseconds === 0) socket.write(`${head}ZZZ\r\nbad`);
    else {
      socket.write(head);
      await pause(milliseconds);
      socket.write('ZZZ\r\nbad');
    }
    expect(String((await answered)[0])).toMatch(/^HTTP\/1.1 400 /);
    socket.destroy();
    expect(await lineOf(requestId)).toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('the id of a request', () => {
  it.each([
    ['none came', undefined],
    ['one came that is no id', 'a b\t"c"'],
    ['one came that is too long', 'a'.repeat(129)],
  ])('is a new one where %s', async (_what, id) => {
    const response = await fetch(`${service.url}/healthz`, {
      headers: { ...(id && { 'x-request-id': id }) },
    });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

it('a key that comes as the id of a request, or as the name of an operation, is not written down', async () => {
  const send = (id: string, query: string) =>
    fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${alice}`, 'x-request-id': id },
      body: JSON.stringify({ query }),
    });
  expect((await send(misplaced, '{ models { id } }')).status).toBe(200);
  await vi.waitFor(() => expect(service.output()).toContain('"requestId":"okulo_…"'), 10_000);
  expect((await send('named', `query okulo_${'A'.repeat(43)} { models { id } }`)).status).toBe(200);
  expect((await lineOf('named'))['operation']).toBe('okulo_…');
});

describe('a REST route', () => {
  it('is told by its name, with what the same costs by GraphQL', async () => {
    expect(await ask({ path: '/classify_image', body: { image } })).toEqual({
      transport: 'rest',
      operation: 'classify_image',
      owner: 'key:alice',
      cost: 50,
      code: 'OK',
    });
  });

  it.each([
    ['no picture', {}, 'BAD_USER_INPUT'],
    ['no JSON', '{', 'BAD_REQUEST'],
  ])('is told with its code: %s', async (_what, body, code) => {
    expect(await ask({ path: '/road_segmentation', body })).toMatchObject({ transport: 'rest', code });
  });

  it('is told without a cost where nothing of it was done', async () => {
    await fetch(`${service.url}/classify_image`, { headers: { 'x-request-id': 'rest-get' } });
    expect(await lineOf('rest-get')).toEqual({
      transport: 'rest',
      operation: 'classify_image',
      code: 'BAD_REQUEST',
    });
  });

  it.each(['/graphql', '/classify_image'])(
    '%s is told when a request does not come in its time',
    async (path) => {
      const requestId = `stalls${path.replace('/', '-')}`;
      const stalled = request(`${service.url}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${alice}`,
          'x-request-id': requestId,
          'content-length': 9999,
        },
      });
      stalled.on('error', () => undefined);
      stalled.write('{');
      expect(await lineOf(requestId)).toMatchObject({ owner: 'key:alice', code: 'TIMEOUT' });
      stalled.destroy();
    },
  );
});

describe('operations over a WebSocket', () => {
  const socket = (id: string) =>
    createClient({
      url: `${service.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(url: string, protocols: string) {
          super(url, protocols, { headers: { 'x-request-id': id } });
        }
      },
      connectionParams: { authorization: `Bearer ${alice}` },
      retryAttempts: 0,
      lazyCloseTimeout: 60_000,
    });

  it('are told each under the id of the socket and its message', async () => {
    const client = socket('socket-1');
    for await (const { data } of client.iterate({ query: 'query Known { models { id } }' }))
      expect(data).toBeTruthy();
    // The first message opens the connection.
    const line = { transport: 'websocket', owner: 'key:alice', operation: 'Known', type: 'query' };
    expect(await lineOf('socket-1/2')).toEqual({ ...line, fields: ['models'], cost: 2, code: 'OK' });
    await expect(client.iterate({ query: '{ nothing }' }).next()).rejects.toBeTruthy();
    expect(await lineOf('socket-1/3')).toMatchObject({
      owner: 'key:alice',
      code: 'GRAPHQL_VALIDATION_FAILED',
    });
    await client.dispose();
  });

  it('are told when they end, a job by its last message, and the job itself by its id', async () => {
    const client = socket('socket-2');
    const submission = { query: operation('super-resolve'), variables: { image: { base64: image } } };
    const { value } = (await client.iterate(submission).next()) as {
      value: { data: { superResolve: { id: string } } };
    };
    const { id } = value.data.superResolve;
    const query = 'subscription Follow($id: ID!) { jobUpdated(id: $id) { status } }';
    for await (const { data } of client.iterate({ query, variables: { id } })) expect(data).toBeTruthy();
    expect(await lineOf('socket-2/3')).toMatchObject({
      operation: 'Follow',
      type: 'subscription',
      code: 'OK',
    });
    expect(await lineOf('socket-2/2')).toMatchObject({ type: 'mutation', code: 'OK' });
    await client.dispose();
    const ofJob = () => lines().filter(({ jobId }) => jobId === id);
    await vi.waitFor(() => expect(ofJob().map(({ msg }) => msg)).toContain('job completed'));
    expect(ofJob().find(({ msg }) => msg === 'job completed')?.['ms']).toBeGreaterThan(0);
  });

  it('are told of a client that goes away', async () => {
    const peer = await openPeer(service, 'socket-3');
    peer.send({ id: '1', type: 'subscribe', payload: { query: 'subscription S { modelUpdated { id } }' } });
    await vi.waitFor(() => expect(peer.types()).toContain('next'), 10_000);
    peer.socket.terminate();
    expect(await lineOf('socket-3/2')).toMatchObject({ operation: 'S', code: 'UNANSWERED' });
  });

  it('are told apart where an id is used again at once', async () => {
    const peer = await openPeer(service, 'again');
    peer.send({
      id: '1',
      type: 'subscribe',
      payload: { query: 'subscription First { modelUpdated { id } }' },
    });
    await vi.waitFor(() => expect(peer.types()).toContain('next'), 10_000);
    peer.send({ id: '1', type: 'complete' });
    peer.send({ id: '1', type: 'subscribe', payload: { query: 'query Second { models { id } }' } });
    expect(await lineOf('again/2')).toMatchObject({ operation: 'First', code: 'OK' });
    expect(await lineOf('again/4')).toMatchObject({ operation: 'Second', code: 'OK' });
    peer.socket.close();
  });

  it('are told at once, with their own code, where they are refused and completed', async () => {
    const peer = await openPeer(service, 'refused');
    peer.send({ id: '1', type: 'subscribe', payload: { query: 'query Bad { nope }' } });
    peer.send({ id: '1', type: 'complete' });
    expect(await lineOf('refused/2')).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
    const query = `query Much { ${Array.from({ length: 11 }, (_, index) => `a${index}: models { id }`).join(' ')} }`;
    peer.send({ id: '2', type: 'subscribe', payload: { query } });
    const known = { operation: 'Much', type: 'query', fields: ['models'] };
    expect(await lineOf('refused/4')).toMatchObject({ ...known, code: 'QUERY_TOO_COSTLY' });
    expect(peer.socket.readyState).toBe(WebSocket.OPEN);
    peer.socket.close();
  });

  it('are no success where the client completes them before there is an answer', async () => {
    const peer = await openPeer(service, 'completed');
    const payload = { query: NAMED, variables: { image: { base64: image } } };
    peer.send({ id: '1', type: 'subscribe', payload });
    peer.send({ id: '1', type: 'complete' });
    expect(await lineOf('completed/2')).toMatchObject({ operation: 'LookAt', code: 'UNANSWERED' });
    expect(peer.types()).not.toContain('next');
    peer.socket.close();
  });

  it('are no success where the service stops before there is an answer', async () => {
    const stopping = await startService();
    const peer = await openPeer(stopping, 'stopping', {});
    const payload = { query: NAMED, variables: { image: { base64: image } } };
    peer.send({ id: '1', type: 'subscribe', payload: { query: 'subscription S { modelUpdated { id } }' } });
    await vi.waitFor(() => expect(peer.types()).toContain('next'), 10_000);
    peer.send({ id: '2', type: 'subscribe', payload });
    await stopping.stop();
    const written = linesOf(stopping).filter(({ msg }) => msg === 'operation');
    expect(written.map(({ requestId }) => requestId)).toEqual(
      expect.arrayContaining(['stopping/2', 'stopping/3']),
    );
    for (const { requestId, code } of written) {
      const id = String(requestId).replace('stopping/2', '1').replace('stopping/3', '2');
      expect(code).toBe(peer.hasCompleted(id) ? 'OK' : 'UNANSWERED');
    }
  });

  it('have the id in the answer that opens their socket, or refuses to', async () => {
    const opening = (id: string, headers: object) => {
      const client = new WebSocket(`${service.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
        headers: { 'x-request-id': id, ...headers },
      });
      client.on('error', () => undefined);
      return client;
    };
    const opened = opening('opens', {});
    const [answer] = (await once(opened, 'upgrade')) as [IncomingMessage];
    expect(answer.headers['x-request-id']).toBe('opens');
    opened.terminate();
    const [, refusal] = (await once(
      opening('refuses', { origin: 'http://evil.test' }),
      'unexpected-response',
    )) as [unknown, IncomingMessage];
    expect(refusal.headers['x-request-id']).toBe('refuses');
    await vi.waitFor(() => expect(lines().map(({ requestId }) => requestId)).toContain('refuses'));
  });
});

it('nothing in the log holds a picture, a key or the text of a query', () => {
  const text = service.output();
  expect(lines().length).toBeGreaterThan(20);
  expect(text).not.toContain(alice.slice(6));
  expect(text).not.toContain(wrong.slice(6));
  expect(text).not.toContain(misplaced.slice(6));
  for (let at = 0; at + 40 <= image.length; at += 40) expect(text).not.toContain(image.slice(at, at + 40));
  expect(text).not.toMatch(/classify\(image|base64/);
});
