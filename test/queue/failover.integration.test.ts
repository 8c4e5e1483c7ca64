/** A failover: what was the primary becomes a replica while connections to it stay open, as ElastiCache does it. */
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { GraphqlClient } from '../kit/graphql-client.js';
import { startRedis, type TestRedis } from '../kit/redis-server.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { completed, follow, manyTiles, SMALL_TILES, submit } from '../kit/service-jobs.js';
import { picture } from '../kit/service-pictures.js';
import { startService, startWorker, type TestService, type TestWorker } from '../kit/service.js';
import { startSwitch, type Switch } from '../kit/switch.js';

describe.skipIf(inject('redisServer') === null)('when the primary becomes a replica', () => {
  let servers: readonly [TestRedis, TestRedis];
  let asking: readonly [Redis, Redis];
  let name: Switch;
  let folder: string;
  let api: TestService;
  let worker: TestWorker;

  beforeAll(async () => {
    servers = [await startRedis(), await startRedis()];
    asking = [new Redis(servers[0].url), new Redis(servers[1].url)];
    await replicate(1);
    name = await startSwitch(servers[0].port);
    folder = await dataFolder();
    const env = { QUEUE_URL: `redis://127.0.0.1:${name.port}`, WORKER_PORT: '0', ...SMALL_TILES };
    [api, worker] = await Promise.all([
      startService({ role: 'api', dataDir: folder, env }),
      startWorker({ dataDir: folder, env }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([api.stop(), worker.stop()]);
    for (const redis of asking) redis.disconnect();
    await name.close();
    await Promise.all(servers.map((server) => server.stop()));
    await removeFolder(folder);
  });

  /** Makes one of the two a replica of the other one, with all that it has. */
  async function replicate(replica: 0 | 1): Promise<void> {
    const primary = replica === 0 ? 1 : 0;
    await asking[primary].replicaof('NO', 'ONE');
    await asking[replica].replicaof('127.0.0.1', servers[primary].port);
    await vi.waitFor(
      async () => expect(await asking[replica].info('replication')).toContain('master_link_status:up'),
      { timeout: 20_000, interval: 50 },
    );
  }

  /** As clients do that are told to try again in a moment; nothing that was accepted is lost. */
  function patiently<T>(ask: () => Promise<T>): Promise<T> {
    return vi.waitFor(ask, { timeout: 30_000, interval: 500 });
  }

  async function failOver(to: 0 | 1): Promise<void> {
    const other = to === 0 ? 1 : 0;
    // All that was written is there: a planned failover loses nothing.
    await asking[other].call('WAIT', 1, 5000);
    name.turn(servers[to].port);
    await replicate(other);
  }

  it.each([1, 0] as const)('jobs under way, followers and new jobs go on (to server %i)', async (to) => {
    const client = new GraphqlClient(api.url);
    const running = await submit(client, { image: await manyTiles({ seed: to }) });
    const waiting = await Promise.all(
      [10, 20, 30].map(async (seed) => submit(client, { image: await picture({ seed: seed + to }) })),
    );
    const followed = patiently(() => follow(client, running.id));
    await vi.waitFor(() => expect(worker.output()).toContain('ready'));
    await failOver(to);
    const later = await patiently(async () => submit(client, { image: await picture({ seed: 100 + to }) }));
    for (const { id } of [running, ...waiting, later]) await patiently(() => completed(client, id));
    expect((await followed).at(-1)?.status).toBe('COMPLETED');
    expect(await asking[to].info('replication')).toContain('role:master');
    // Nobody is left at what is a replica now, but the reader of its own state.
    const clients = String(await asking[to === 0 ? 1 : 0].client('LIST'));
    expect(clients).not.toMatch(/cmd=(bzpopmin|evalsha)/);
  });

  it('is ready again without a restart', async () => {
    await vi.waitFor(async () => expect((await fetch(`${api.url}/readyz`)).status).toBe(200), {
      timeout: 10_000,
    });
  });
});
