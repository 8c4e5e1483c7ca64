/** What the service's log tells of operations: a line of each, under an id, and never a picture or a key. */
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
const NAMED = 'mutation LookAt($image: ImageInput!) { classify(image: $image) { labels { name } } }';

let folder: string;
let service: TestService;
let image: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-log-'));
  const file = join(folder, 'keys.json');
  const createdAt = new Date().toISOString();
  await changeKeyFile(file, () => [{ name: 'alice', sha256: digestOfKey(alice), createdAt }]);
  service = await startService({ env: { API_KEYS_FILE: file, LOG_LEVEL: 'debug' } });
  ({ base64: image } = inBase64(await picture({ seed: 41 })));
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

const lines = (): Line[] =>
  service
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

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

  it('is told of a client that goes away before its answer', async () => {
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
    expect(await lineOf(requestId)).toMatchObject({ code: 'CLIENT_GONE', owner: 'key:alice' });
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
    const client = socket('socket-3');
    const submission = { query: operation('super-resolve'), variables: { image: { base64: image } } };
    const { value } = (await client.iterate(submission).next()) as {
      value: { data: { superResolve: { id: string } } };
    };
    const query = 'subscription Follow($id: ID!) { jobCreated: jobUpdated(id: $id) { status } }';
    const iterator = client.iterate({ query, variables: { id: value.data.superResolve.id } });
    await iterator.next();
    client.terminate();
    expect(['CLIENT_GONE', 'OK']).toContain((await lineOf('socket-3/3'))['code']);
  });
});

it('nothing in the log holds a picture, a key or the text of a query', () => {
  const text = service.output();
  expect(lines().length).toBeGreaterThan(20);
  expect(text).not.toContain(alice.slice(6));
  expect(text).not.toContain(wrong.slice(6));
  for (let at = 0; at + 40 <= image.length; at += 40) expect(text).not.toContain(image.slice(at, at + 40));
  expect(text).not.toMatch(/classify\(image|base64/);
});
