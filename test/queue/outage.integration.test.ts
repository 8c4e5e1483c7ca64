import { rm } from 'node:fs/promises';
import { beforeEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { openQueueBackend, type QueueBackend } from '../../src/queue/backend.js';
import { startPostgres } from '../kit/postgres-server.js';
import { freePort, startRedis, type TestServer } from '../kit/redis-server.js';
import { temporaryFolder } from './stores.js';
import { nextOf } from './waiting.js';

// Databases and processes of their own start slowly on a busy machine; nothing here waits for time to pass.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const SERVERS = [
  {
    kind: 'redis',
    missing: inject('redisServer') === null,
    start: (port: number, dir: string) => startRedis({ port, dir, appendOnly: true }),
  },
  {
    kind: 'postgres',
    missing: inject('postgresBin') === null,
    start: (port: number, dir: string) => startPostgres({ port, dir }),
  },
];

describe.each(SERVERS)('while $kind is away', ({ missing, start }) => {
  let server: TestServer;
  let restart: () => Promise<void>;
  let backend: QueueBackend;
  let errors: unknown[];

  describe.skipIf(missing)('', () => {
    beforeEach(async () => {
      const dir = await temporaryFolder();
      const port = await freePort();
      server = await start(port, dir);
      restart = async () => {
        server = await start(port, dir);
      };
      errors = [];
      backend = await openQueueBackend({
        url: server.url,
        dataDir: '/nowhere',
        onError: (error) => errors.push(error),
      });
      onTestFinished(async () => {
        await backend.close();
        await server.stop();
        await rm(dir, { recursive: true, force: true });
      });
    });

    test('calls fail fast; once it is back, adding, working and events go on', async () => {
      const queue = backend.queue<{ n: number }, number>('q');
      const events = await backend.events('q');
      const worked: unknown[] = [];
      backend.worker<{ n: number }, number>('q', (job) => {
        worked.push(job.id);
        return Promise.resolve(job.data.n + 1);
      });
      const first = nextOf(events, 'completed');
      await queue.add('x', { n: 1 }, { jobId: 'before' });
      expect(await first).toMatchObject({ jobId: 'before', returnvalue: 2 });

      await server.stop();
      await expectFast(backend.ping(), 1100).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
      await expectFast(queue.add('x', { n: 2 }), 2100).rejects.toThrow();
      await expectFast(queue.getJob('before'), 2100).rejects.toThrow();

      await expect.poll(() => errors.length, { timeout: 60_000 }).toBeGreaterThan(0);

      await restart();
      await expect.poll(() => backend.ping().then(() => 'back'), { timeout: 60_000 }).toBe('back');
      const second = nextOf(events, 'completed');
      await queue.add('x', { n: 3 }, { jobId: 'after' });
      expect(await second).toMatchObject({ jobId: 'after', returnvalue: 4 });
      expect(worked).toEqual(['before', 'after']);
    });

    test('it closes all the same', async () => {
      backend.queue('q');
      const worker = backend.worker('q', () => Promise.resolve());
      await Promise.all([backend.events('q'), worker.waitUntilReady()]);
      await server.kill();
      const startedAt = performance.now();
      await backend.close();
      expect(performance.now() - startedAt).toBeLessThan(4000);
    });
  });
});

/** For a promise that must settle, either way, within so many milliseconds. */
function expectFast<T>(work: Promise<T>, limitMs: number) {
  const startedAt = performance.now();
  return expect(work.finally(() => expect(performance.now() - startedAt).toBeLessThan(limitMs)));
}
