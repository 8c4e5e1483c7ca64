/** Redis servers that answer and would not serve, and what is none. */
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { openQueueBackend, UnusableQueue, type QueueBackend } from '../../src/queue/backend.js';
import { startRedis, type TestRedis } from '../kit/redis-server.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const reports: string[] = [];
afterEach(() => {
  reports.length = 0;
});

function open(url: string): Promise<QueueBackend> {
  return openQueueBackend({
    url,
    dataDir: '/nowhere',
    onError: (error) => reports.push(error instanceof Error ? error.message : String(error)),
  });
}

/** @returns the one sentence that the start ends with */
async function refusal(url: string): Promise<string> {
  const start = performance.now();
  const error: unknown = await open(url).catch((thrown: unknown) => thrown);
  expect(performance.now() - start).toBeLessThan(6000);
  if (!(error instanceof UnusableQueue)) throw new Error(`It was opened, or: ${String(error)}`);
  expect(error.message).not.toMatch(/\n|undefined|\[object/);
  return error.message;
}

async function redisWith(settings: Readonly<Record<string, string>>): Promise<TestRedis> {
  const redis = await startRedis({ settings });
  onTestFinished(redis.stop);
  return redis;
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** A server that says one line to whoever connects, and hangs up. */
function saying(line: string): Promise<number> {
  return listening(
    createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(line);
    }),
  );
}

/** Asks a server behind the back of the queue. */
async function tell(url: string, ...command: [string, ...string[]]): Promise<unknown> {
  const redis = new Redis(url);
  try {
    return await redis.call(...command);
  } finally {
    redis.disconnect();
  }
}

describe.skipIf(inject('redisServer') === null)('at the start', () => {
  it.each([
    [
      'in cluster mode',
      { 'cluster-enabled': 'yes' },
      '',
      /cluster mode, which is not supported; use a server/,
    ],
    ['that is a replica', { replicaof: '127.0.0.1 1' }, '', /READONLY/],
    ['without the replicas it asks for', { 'min-replicas-to-write': '2' }, '', /NOREPLICAS/],
    ['whose memory is full', { maxmemory: '1' }, '', /memory is full: OOM/],
    ['without such a database', { databases: '16' }, '/99', /\/99: .*DB index is out of range/],
    ['that asks for a password', { requirepass: 'secret' }, '', /asks for a password: NOAUTH/],
  ])('a server %s is refused', async (_kind, settings, path, reason) => {
    const { url } = await redisWith(settings);
    expect(await refusal(url + path)).toMatch(reason);
  });

  it('a server that refuses the password is refused, and the password is not shown', async () => {
    const { port } = await redisWith({ requirepass: 'secret' });
    const message = await refusal(`redis://:guessed@127.0.0.1:${port}`);
    expect(message).toMatch(/WRONGPASS/);
    expect(message).not.toContain('guessed');
  });

  it('a server whose user may not write is refused', async () => {
    const { url, port } = await redisWith({});
    await tell(url, 'ACL', 'SETUSER', 'reader', 'on', '>x', '~*', '&*', '+@all', '-@write');
    expect(await refusal(`redis://reader:x@127.0.0.1:${port}`)).toMatch(
      /its user may not do what the queue needs/,
    );
  });

  it('a server that is asked for by TLS and does not speak it is refused', async () => {
    const { port } = await redisWith({});
    expect(await refusal(`rediss://127.0.0.1:${port}`)).toMatch(/does not speak TLS: write redis:/);
  });

  it('a server that may drop jobs is warned of, once', async () => {
    const printed = vi.spyOn(console, 'warn');
    const { url } = await redisWith({ 'maxmemory-policy': 'allkeys-lru' });
    const backend = await open(url);
    const worker = backend.worker('q', () => Promise.resolve());
    await Promise.all([backend.queue('q').waitUntilReady(), worker.waitUntilReady(), backend.events('q')]);
    await backend.close();
    expect(
      reports.filter((words) => /maxmemory-policy noeviction, and it is allkeys-lru/.test(words)),
    ).toHaveLength(1);
    expect(printed).not.toHaveBeenCalled();
  });
});

describe('what is no Redis', () => {
  it.each(['foo', '-1', '1.5', '1/2', 'x%20y'])(
    'a database that is no number is refused: %s',
    async (path) => {
      expect(await refusal(`redis://127.0.0.1:1/${path}`)).toMatch(/number of a Redis database.*QUEUE_URL/);
    },
  );

  it('a server that refuses whoever connects is quoted', async () => {
    const printed = vi.spyOn(console, 'warn');
    const port = await saying('-DENIED Redis is running in protected mode because no password is set\r\n');
    expect(await refusal(`redis://127.0.0.1:${port}`)).toMatch(/DENIED Redis is running in protected mode/);
    expect(printed).not.toHaveBeenCalled();
  });

  it('an HTTP server is named', async () => {
    const port = await listening(createHttpServer());
    expect(await refusal(`redis://127.0.0.1:${port}`)).toMatch(/an HTTP server answers/);
    expect(await refusal(`rediss://127.0.0.1:${port}`)).toMatch(/an HTTP server answers/);
  });

  it.each([
    ['SSH-2.0-OpenSSH_9.2\r\n', /something other than Redis answers there: "SSH-2.0-OpenSSH_9.2"/],
    ['\u0015\u0003\u0001\u0000\u0002\u0002\u0046', /speaks TLS: write rediss:/],
    ['', /closes the connection at once/],
  ])('a server that says %j is named', async (line, words) => {
    expect(await refusal(`redis://127.0.0.1:${await saying(line)}`)).toMatch(words);
  });
});

describe.skipIf(inject('redisServer') === null)('while it runs', () => {
  it('a server whose memory becomes full is told of, and used again once there is room', async () => {
    const { url } = await redisWith({});
    const backend = await open(url);
    onTestFinished(() => backend.close());
    await backend.check();
    await tell(url, 'CONFIG', 'SET', 'maxmemory', '1');
    await expect(backend.check()).rejects.toMatchObject({
      code: 'QUEUE_UNAVAILABLE',
      message: expect.stringMatching(/memory is full \(OOM command not allowed/) as unknown,
    });
    await tell(url, 'CONFIG', 'SET', 'maxmemory', '0');
    await backend.check();
    await backend.queue('q').add('x', {});
  });

  it('a server that becomes a replica is told of, and used again once it is none', async () => {
    const { url } = await redisWith({});
    const backend = await open(url);
    onTestFinished(() => backend.close());
    await tell(url, 'REPLICAOF', '127.0.0.1', '1');
    await expect(backend.check()).rejects.toThrow(/takes no writes \(READONLY/);
    await tell(url, 'REPLICAOF', 'NO', 'ONE');
    // It connects anew: the name may lead to another server now.
    await vi.waitFor(() => backend.check(), 5000);
  });

  it('a server that comes back without the database is not used in another one', async () => {
    const first = await startRedis();
    const backend = await open(`${first.url}/5`);
    const queue = backend.queue('q');
    const worker = backend.worker('q', () => Promise.resolve());
    await Promise.all([queue.waitUntilReady(), worker.waitUntilReady(), backend.events('q')]);
    await first.stop();
    const second = await startRedis({ port: first.port, settings: { databases: '2' } });
    onTestFinished(second.stop);
    await vi.waitFor(() => expect(backend.check()).rejects.toThrow(/its database is not there/), 10_000);
    await expect(queue.add('x', {})).rejects.toThrow();
    expect(await tell(second.url, 'DBSIZE')).toBe(0);
    await backend.close();
  });
});
