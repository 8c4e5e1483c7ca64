import { expect, test } from 'vitest';
import { serverAddress } from '../../src/queue/address.js';
import { openQueueBackend, UnusableQueue } from '../../src/queue/backend.js';
import { freePort } from '../kit/redis-server.js';

test.each([
  ['redis://localhost:6379', 'redis', 'redis://localhost:6379'],
  ['rediss://user:hush@cache.example:6380/2', 'redis', 'rediss://cache.example:6380/2'],
  [
    'postgres://user:hush@db.example/okulo?sslmode=require&password=hush',
    'postgres',
    'postgres://db.example/okulo',
  ],
  [
    'postgresql://user:pa%40ss%2Fhush@db.example:5433/okulo',
    'postgres',
    'postgresql://db.example:5433/okulo',
  ],
])('%s is understood and printed without its secrets', (raw, kind, printable) => {
  expect(serverAddress(raw)).toMatchObject({ kind, printable });
});

test.each([
  ['amqp://user:hush@broker', 'its scheme is amqp:'],
  ['localhost:6379', 'its scheme is localhost:'],
  ['hush', 'cannot be read'],
  ['redis://:12/hush@localhost:6379', 'percent-encode'],
  ['postgres://user:12#hush@localhost/okulo', 'percent-encode'],
  ['postgres://user:12?hush@localhost/okulo', 'percent-encode'],
  ['', 'cannot be read'],
])('%s is refused with what to do, and nothing secret', async (raw, words) => {
  const refusal = openQueueBackend({ url: raw, dataDir: '/nowhere', onError: () => undefined });
  await expect(refusal).rejects.toThrow(UnusableQueue);
  await expect(refusal).rejects.toThrow(words);
  await expect(refusal).rejects.toThrow('QUEUE_URL');
  await expect(refusal).rejects.not.toThrow(/hush|12/);
});

test.each(['redis', 'postgres'])('%s: a server that is not there is refused in time', async (scheme) => {
  const url = `${scheme}://user:hush@127.0.0.1:${await freePort()}/0`;
  const startedAt = performance.now();
  const refusal = openQueueBackend({ url, dataDir: '/nowhere', onError: () => undefined });
  await expect(refusal).rejects.toThrow(UnusableQueue);
  await expect(refusal).rejects.toThrow(
    /at (redis|postgres):\/\/127\.0\.0\.1:\d+\/0: .*ECONNREFUSED.*; start it/,
  );
  await expect(refusal).rejects.not.toThrow('hush');
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
