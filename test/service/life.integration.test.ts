/** From the first line to the last: how a service starts, tells how it is, and ends. */
import { once } from 'node:events';
import { request, type ClientRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { GraphqlClient } from '../kit/graphql-client.js';
import { isHalfway, manyTiles, SMALL_TILES, submit, until } from '../kit/service-jobs.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';

describe('a service that has started', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it('says on one screen where it is and what it has', () => {
    const lines = service.output().trimEnd().split('\n');
    expect(lines[0]).toMatch(/^Okulo \(serve\) is ready after \d+\.\d s$/);
    expect(lines.length).toBeLessThanOrEqual(24);
    for (const told of [
      `${service.url}/graphql`,
      'PGlite',
      'objects',
      'builtin-classifier (default), BUILT_IN, READY',
    ]) {
      expect(service.output()).toContain(told);
    }
  });

  it('is alive and ready', async () => {
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${service.url}/readyz`);
    expect({ status: ready.status, body: await ready.json() }).toEqual({
      status: 200,
      body: { status: 'ready', failing: {} },
    });
  });

  it('shows browsers GraphiQL', async () => {
    const page = await fetch(`${service.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await page.text()).toMatch(/GraphiQL/i);
  });

  // The last test: afterwards it is gone.
  it('ends with code 0 when it is interrupted, and then answers nobody', async () => {
    expect(await service.stop('SIGINT')).toBe(0);
    await expect(fetch(`${service.url}/healthz`)).rejects.toThrow();
  });
});

describe('a service that is asked to end while it is busy', () => {
  let ended: { code: number | null; answer: unknown; closed: unknown; ms: number };

  beforeAll(async () => {
    const { url, stop, output } = await startService({ env: SMALL_TILES });
    const client = new GraphqlClient(url);
    const { id } = await submit(client, { image: await manyTiles() });
    const socket = client.socket();
    const closed = new Promise((resolve) => socket.on('closed', resolve));
    await socket.iterate({ query: `subscription { jobUpdated(id: "${id}") { status } }` }).next();
    const silent = await silentPeer(url);
    const body = JSON.stringify({
      query: 'mutation ($image: ImageInput!) { classify(image: $image, topK: 1) { labels { index } } }',
      variables: { image: inBase64(await picture()) },
    });
    const asked = await requestUnderWay(url, Buffer.byteLength(body));
    await until(client, id, isHalfway);

    const start = performance.now();
    const stopped = stop('SIGTERM');
    await vi.waitFor(() => expect(output()).toContain('"stopping"'));
    asked.end(body);
    const answer = await answerTo(asked);
    ended = { answer, code: await stopped, closed: await closed, ms: performance.now() - start };
    silent.destroy();
  });

  it('ends with code 0', () => {
    expect(ended.code).toBe(0);
  });

  it('answers the request that is under way', () => {
    expect(ended.answer).toMatchObject({ data: { classify: { labels: [{}] } } });
  });

  it('closes the subscriptions with 1001', () => {
    expect(ended.closed).toMatchObject({ code: 1001 });
  });

  it('does not wait long for a peer that says nothing any more', () => {
    expect(ended.ms).toBeLessThan(15_000);
  });
});

/** A request whose head the service has read, and whose body it waits for. */
async function requestUnderWay(url: string, bytes: number): Promise<ClientRequest> {
  const asked = request(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': bytes, expect: '100-continue' },
  });
  asked.flushHeaders();
  await once(asked, 'continue');
  return asked;
}

/** The other end of a WebSocket that never answers, not even a goodbye. */
async function silentPeer(url: string): Promise<ClientRequest> {
  const asked = request(`${url}/graphql`, {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
      'sec-websocket-version': '13',
      'sec-websocket-protocol': 'graphql-transport-ws',
    },
  });
  asked.end();
  await once(asked, 'upgrade');
  return asked;
}

async function answerTo(asked: ClientRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    asked.once('error', reject);
    asked.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.once('end', () => resolve(JSON.parse(text)));
    });
  });
}
