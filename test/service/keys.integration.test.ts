/** A service that asks for keys: who is let in, to what, and whose the jobs are. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { digestOfKey, newApiKey } from '../../src/auth/api-key.js';
import { changeKeyFile, type KeyEntry } from '../../src/auth/key-file.js';
import { GraphqlClient } from '../kit/graphql-client.js';
import { operation } from '../kit/service-operations.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { startInVain, startService, type TestService } from '../kit/service.js';

const [alice, bob] = [newApiKey(), newApiKey()];
const entry = (name: string, key: string) => ({
  name,
  sha256: digestOfKey(key),
  createdAt: new Date().toISOString(),
});

const writeKeyFile = (path: string, keys: readonly KeyEntry[]) => changeKeyFile(path, () => keys);

let folder: string;
let file: string;
let service: TestService;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-keys-'));
  file = join(folder, 'keys.json');
  await writeKeyFile(file, [entry('alice', alice), entry('bob', bob)]);
  // Reachable from elsewhere, which is allowed once keys are asked for.
  service = await startService({ env: { API_KEYS_FILE: file, HOST: '0.0.0.0' } });
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const errors = z.object({
  errors: z.tuple([z.object({ message: z.string(), extensions: z.object({ code: z.string() }) })]),
});

function graphql(query: string, variables: object, headers: Record<string, string>): Promise<Response> {
  return fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
}

describe('without a valid key', () => {
  it.each([
    ['no key', {}, /none came/],
    ['a wrong key', bearer(newApiKey()), /not valid/],
    ['another scheme', { authorization: 'Basic YTpi' }, /not valid/],
  ])('GraphQL answers %s with 401 and what to do', async (_what, headers, words) => {
    const response = await graphql(operation('models'), {}, headers);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    const { message, extensions } = errors.parse(await response.json()).errors[0];
    expect(extensions.code).toBe('UNAUTHENTICATED');
    expect(message).toMatch(words);
    expect(message).toContain('Authorization: Bearer');
  });

  it('an upload is refused before it is taken in', async () => {
    const upload = request(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b', 'content-length': 5_000_000 },
    });
    onTestFinished(() => void upload.destroy());
    // The rest is never sent: whoever waits for it does not answer.
    upload.write('--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n');
    const signal = AbortSignal.timeout(5000);
    const [response] = (await once(upload, 'response', { signal })) as [IncomingMessage];
    expect(response.statusCode).toBe(401);
    expect(errors.parse(await json(response)).errors[0].extensions.code).toBe('UNAUTHENTICATED');
  });

  it('a whole upload is answered with 401 too, rather than broken off', async () => {
    const file = { bytes: Buffer.alloc(1_000_000), name: 'a.png', type: 'image/png' };
    const answer = await new GraphqlClient(service.url).upload(operation('classify'), file);
    expect(answer.status).toBe(401);
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  });

  it('the REST routes answer 401 in their own form', async () => {
    const response = await fetch(`${service.url}/classify_image`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"image":""}',
    });
    expect(response.status).toBe(401);
    expect(z.strictObject({ message: z.string() }).parse(await response.json()).message).toMatch(/API key/);
  });

  it('figures are not told', async () => {
    expect((await fetch(`${service.url}/metrics`)).status).toBe(401);
    expect((await fetch(`${service.url}/metrics`, { headers: bearer(alice) })).status).toBe(200);
  });

  it('pages and health stay open: they hold nothing of anybody’s', async () => {
    const html = { accept: 'text/html' };
    for (const path of ['/', '/graphql', '/healthz', '/readyz']) {
      expect((await fetch(`${service.url}${path}`, { headers: html })).status, path).toBe(200);
    }
  });

  it('a WebSocket is closed with a code that clients do not retry', async () => {
    for (const payload of [undefined, {}, bearer('okulo_wrong')]) {
      const socket = new WebSocket(`${service.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'connection_init', payload }));
      const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
      expect(code).toBe(4401);
      expect(String(reason)).toMatch(/^Expected an API key/);
    }
  });
});

describe('with a valid key', () => {
  const submitted = z.object({ data: z.object({ superResolve: z.object({ id: z.string() }) }) });
  const submit = async (key: string, seed: number) => {
    const variables = { image: inBase64(await picture({ width: 32, height: 24, seed })) };
    const response = await graphql(operation('super-resolve'), variables, bearer(key));
    return submitted.parse(await response.json()).data.superResolve.id;
  };
  const seen = z.object({ data: z.object({ job: z.object({ id: z.string() }).nullable() }) });
  const look = async (key: string, id: string) =>
    seen.parse(await (await graphql(operation('job'), { id, preview: false }, bearer(key))).json()).data.job;

  it('jobs are seen by their owner alone, and are different ones for the same picture', async () => {
    const [mine, theirs] = [await submit(alice, 1), await submit(bob, 1)];
    expect(mine).not.toBe(theirs);
    expect(await look(alice, mine)).toMatchObject({ id: mine });
    expect(await look(bob, mine)).toBeNull();
  });

  it('a subscription shows the owner’s job, and nobody else’s', async () => {
    const id = await submit(alice, 2);
    const first = async (key: string) => {
      const socket = new WebSocket(`${service.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      const told = new Promise<string>((resolve) => {
        socket.on('message', (data: Buffer) => {
          const { type } = JSON.parse(String(data)) as { type: string };
          const payload = { query: operation('job-updated'), variables: { id } };
          if (type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
          else resolve(String(data));
        });
      });
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'connection_init', payload: bearer(key) }));
      const text = await told;
      socket.terminate();
      return text;
    };
    expect(await first(alice)).toContain(`"id":"${id}"`);
    expect(await first(bob)).toContain('JOB_NOT_FOUND');
  });
});

it('a key that is withdrawn, and one that is added, count without a restart, on open sockets too', async () => {
  const carol = newApiKey();
  const socket = new WebSocket(`${service.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: bearer(bob) }));
  await once(socket, 'message');
  const closed = once(socket, 'close');
  await writeKeyFile(file, [entry('alice', alice), entry('carol', carol)]);
  const statusFor = async (key: string) => (await graphql('{ __typename }', {}, bearer(key))).status;
  await vi.waitFor(async () => expect(await statusFor(carol)).toBe(200), { timeout: 10_000, interval: 200 });
  expect([await statusFor(alice), await statusFor(bob)]).toEqual([200, 401]);
  const [code, reason] = (await closed) as [number, Buffer];
  expect([code, String(reason)]).toEqual([4401, 'The API key of this socket has been withdrawn.']);
});

it('keys may come in a variable, and one that cannot be read is refused without being shown', async () => {
  const text = JSON.stringify({ keys: [entry('alice', alice)] });
  const METRICS_KEY = 'for-metrics-alone';
  const other = await startService({ env: { API_KEYS: text, METRICS_KEY, HOST: '0.0.0.0' } });
  onTestFinished(() => other.stop().then(() => undefined));
  const statusOf = async (headers: Record<string, string>) =>
    (await fetch(`${other.url}/metrics`, { headers })).status;
  // That of metrics is for nothing else.
  expect(await statusOf(bearer(METRICS_KEY))).toBe(200);
  const asked = await fetch(`${other.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(METRICS_KEY) },
    body: JSON.stringify({ query: '{ models { id } }' }),
  });
  expect(asked.status).toBe(401);
  expect([await statusOf(bearer(alice)), await statusOf(bearer(bob))]).toEqual([200, 401]);
  const ending = await startInVain('serve', { API_KEYS: alice });
  expect(ending.code).toBe(1);
  expect(ending.stderr).toMatch(/API keys in API_KEYS are not JSON/);
  expect(ending.stderr).not.toContain(alice);
});

it('a service does not start with a key file that is not there', async () => {
  const ending = await startInVain('serve', { API_KEYS_FILE: join(folder, 'none.json') });
  expect(ending.code).toBe(1);
  expect(ending.stderr).toMatch(/API keys cannot be read from .*none\.json: there is no such file/);
});
