/** Requests that never become an operation: what the server says to them, and that it goes on. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { GraphqlClient } from '../kit/graphql-client.js';
import { pileUp, SMALL_TILES, submit } from '../kit/service-jobs.js';
import { picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';
import { expectAlive, expectRefused } from './refusal.js';

const CLASSIFY = 'mutation ($image: ImageInput!) { classify(image: $image) { labels { name } } }';
const OPERATIONS = JSON.stringify({ query: CLASSIFY, variables: { image: { upload: null } } });
const PREFLIGHT = { 'apollo-require-preflight': 'true' };

let service: TestService;
let client: GraphqlClient;

beforeAll(async () => {
  service = await startService({ env: { ...SMALL_TILES, SUPER_RESOLUTION_TILE: '16' } });
  client = new GraphqlClient(service.url);
});
afterAll(() => service.stop());
afterEach(() => expectAlive(client));

async function form(parts: Readonly<Record<string, string>>, files = 1): Promise<FormData> {
  const made = new FormData();
  for (const [name, value] of Object.entries(parts)) made.set(name, value);
  for (let file = 0; file < files; file += 1) made.set(String(file), new Blob([await picture()]), 'a.png');
  return made;
}

describe('a multipart request', () => {
  const map = JSON.stringify({ 0: ['variables.image.upload'] });

  it('without the header that a browser asks leave for is refused', async () => {
    expectRefused(await client.send({ body: await form({ operations: OPERATIONS, map }) }), 'BAD_REQUEST');
  });

  it.each([
    ['has no map', { operations: OPERATIONS }],
    ['has no operations', { map }],
    ['has operations that are no JSON', { operations: 'nonsense', map }],
    ['has a map that is no JSON', { operations: OPERATIONS, map: 'nonsense' }],
    [
      'maps a file to a place that is not there',
      { operations: OPERATIONS, map: '{"0":["variables.other.place"]}' },
    ],
    [
      'maps a file to what every object has',
      {
        operations: OPERATIONS,
        map: '{"0":["variables.__proto__.polluted","constructor.prototype.polluted"]}',
      },
    ],
  ])('that %s is refused', async (_what, parts) => {
    expectRefused(await client.send({ headers: PREFLIGHT, body: await form(parts) }), 'BAD_REQUEST');
  });

  it('that promises a file that does not come is told what to send', async () => {
    const body = await form({ operations: OPERATIONS, map: '{"9":["variables.image.upload"]}' });
    const answer = await client.send({ headers: PREFLIGHT, body });
    expectRefused(answer, 'BAD_USER_INPUT');
    expect(answer.errors[0]?.message).toContain("the name that 'map' gives it");
  });

  it('with a part that has no file name is told that it lacks one', async () => {
    const body = await form({ operations: OPERATIONS, map }, 0);
    body.set('0', 'the bytes of a picture');
    const answer = await client.send({ headers: PREFLIGHT, body });
    expectRefused(answer, 'BAD_USER_INPUT');
    expect(answer.errors[0]?.message).toContain('filename="picture.jpg"');
  });

  it.each(['gzip', 'br'])('that is compressed (%s) is told to come as it is', async (encoding) => {
    const { body, headers } = new Request('http://x', {
      method: 'POST',
      body: await form({ operations: OPERATIONS, map }),
    });
    const plain = Buffer.from(await new Response(body).arrayBuffer());
    const answer = await client.send({
      headers: {
        ...PREFLIGHT,
        'content-type': headers.get('content-type') ?? '',
        'content-encoding': encoding,
      },
      body: new Uint8Array(gzipSync(plain)),
    });
    expect(answer.status).toBe(415);
    expectRefused(answer, 'BAD_REQUEST');
    expect(answer.errors[0]?.message).toContain(`Content-Encoding: ${encoding}`);
  });

  it('with more files than one request may have is refused', async () => {
    const files = 11;
    const everywhere = Object.fromEntries(
      Array.from({ length: files }, (_, i) => [i, [`variables.image.upload`]]),
    );
    const body = await form({ operations: OPERATIONS, map: JSON.stringify(everywhere) }, files);
    const answer = await client.send({ headers: PREFLIGHT, body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.errors).toHaveLength(1);
  });

  it('that breaks off in the middle is refused', async () => {
    const body = `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${OPERATIONS.slice(0, 20)}`;
    const headers = { ...PREFLIGHT, 'content-type': 'multipart/form-data; boundary=x' };
    expectRefused(await client.send({ headers, body }), 'BAD_REQUEST');
  });

  it('without a boundary is refused', async () => {
    const headers = { ...PREFLIGHT, 'content-type': 'multipart/form-data' };
    expectRefused(await client.send({ headers, body: 'nonsense' }), 'BAD_REQUEST');
  });
});

describe('a request', () => {
  const json = { 'content-type': 'application/json' };
  it.each([
    ['is no JSON', json, '{"query":'],
    ['is empty', json, ''],
    ['is a list of operations', json, JSON.stringify([{ query: '{ __typename }' }])],
    ['has no query', json, '{}'],
    ['has a query that is a number', json, '{"query":1}'],
    ['has variables that are a word', json, '{"query":"{ __typename }","variables":"nonsense"}'],
    ['is in a character set that is none', { 'content-type': 'application/json; charset=nonsense' }, '{}'],
    ['is compressed, and is not', { ...json, 'content-encoding': 'gzip' }, '{}'],
    ['is plain text', { 'content-type': 'text/plain' }, '{ __typename }'],
  ])('that %s is refused', async (_what, headers, body) => {
    const answer = await client.send({ headers: { ...headers }, body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expectRefused(answer, 'BAD_REQUEST');
  });

  it('with a query that is longer than is read is refused', async () => {
    const answer = await client.post(`{ models(task: CLASSIFY) { id } } # ${'x'.repeat(256_000)}`);
    expect(answer.status).toBe(400);
    expectRefused(answer, 'BAD_REQUEST');
  });

  describe('of persisted queries', () => {
    const query = '{ models(task: CLASSIFY) { id } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const send = (more: object, version = 1) =>
      client.send({
        headers: json,
        body: JSON.stringify({ extensions: { persistedQuery: { version, sha256Hash } }, ...more }),
      });

    it('is told when its hash is not known, and remembered when it is', async () => {
      const missed = await send({});
      expect(missed).toMatchObject({ status: 200, errors: [{ message: 'PersistedQueryNotFound' }] });
      expectRefused(missed, 'PERSISTED_QUERY_NOT_FOUND');
      expect((await send({ query })).errors).toEqual([]);
      expect((await send({})).errors).toEqual([]);
    });

    it('is told when its version is not supported, or its hash that of another', async () => {
      expectRefused(await send({ query }, 2), 'PERSISTED_QUERY_NOT_SUPPORTED');
      expectRefused(await send({ query: '{ models { id } }' }), 'BAD_REQUEST');
    });
  });

  it('for a mutation by GET is refused', async () => {
    const query = encodeURIComponent('mutation { cancelJob(id: "1") { id } }');
    const response = await fetch(`${client.address}?query=${query}`, { headers: PREFLIGHT });
    expect(response.status).toBe(405);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  it('for a subscription is told to come over a WebSocket', async () => {
    const answer = await client.post('subscription { jobUpdated(id: "sr-none") { id } }');
    expectRefused(answer, 'BAD_USER_INPUT');
    expect(answer.errors[0]?.message).toContain('WebSocket');
  });

  it('for another page is answered with 404', async () => {
    const response = await fetch(`${service.url}/../../etc/passwd`);
    expect(response.status).toBe(404);
  });
});

describe('a WebSocket', () => {
  it('carries 100 subscriptions, and refuses the next', async () => {
    // A job that waits for others: nothing happens to it meanwhile.
    await pileUp(client, 400, 40);
    const { id } = await submit(client, { image: await picture() });
    const socket = client.socket();
    const query = `subscription { jobUpdated(id: "${id}") { id } }`;
    const results = Array.from({ length: 100 }, () => socket.iterate({ query }));
    const firsts = await Promise.all(results.map((result) => result.next()));
    expect(
      firsts.every(({ value }) => JSON.stringify(value) === JSON.stringify({ data: { jobUpdated: { id } } })),
    ).toBe(true);

    await expect(socket.iterate({ query }).next()).rejects.toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    await socket.dispose();
    await client.post('mutation ($id: ID!) { cancelJob(id: $id) { id } }', { id });
  });

  it.each([
    ['names no protocol', [], { say: undefined, close: 4406 }],
    ['says what is no message', 'graphql-transport-ws', { say: 'nonsense', close: 4400 }],
    [
      'asks before it has introduced itself',
      'graphql-transport-ws',
      { say: '{"type":"subscribe","id":"1","payload":{"query":"{ __typename }"}}', close: 4401 },
    ],
    ['says too much at once', 'graphql-transport-ws', { say: 'x'.repeat(1_000_001), close: 1009 }],
  ])('that %s is closed', async (_what, protocol, { say, close }) => {
    const socket = new WebSocket(client.address.replace('http', 'ws'), protocol);
    socket.on('open', () => say !== undefined && socket.send(say));
    expect(await closeCode(socket)).toBe(close);
  });

  it('of a page from somewhere else is not opened', async () => {
    const socket = new WebSocket(client.address.replace('http', 'ws'), 'graphql-transport-ws', {
      origin: 'https://elsewhere.example',
    });
    expect(String(await once(socket, 'error'))).toContain('403');
  });
});

async function closeCode(socket: WebSocket): Promise<number> {
  return new Promise((resolve, reject) => {
    socket.once('close', resolve);
    socket.once('error', reject);
  });
}
