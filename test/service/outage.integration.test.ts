/** While the queue is away everything else goes on; when it comes back so do the jobs. */
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { GraphqlClient } from '../kit/graphql-client.js';
import { startRedis, type TestRedis } from '../kit/redis-server.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { completed, submit, updates } from '../kit/service-jobs.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { startService, startWorker, type TestService, type TestWorker } from '../kit/service.js';
import { expectAlive, expectRefused } from './refusal.js';

/** A second, and what a busy machine adds. */
const ANSWER_WITHIN_MS = 1800;

interface Outage {
  readonly how: string;
  readonly begin: (redis: TestRedis) => Promise<void> | void;
  /** @returns the server as it is afterwards */
  readonly end: (redis: TestRedis, folder: string) => Promise<TestRedis>;
}

const OUTAGES: readonly Outage[] = [
  {
    how: 'is gone',
    begin: (redis) => redis.kill(),
    end: ({ port }, dir) => startRedis({ port, dir, appendOnly: true }),
  },
  {
    how: 'has stopped answering',
    begin: (redis) => {
      redis.freeze();
    },
    end: (redis) => {
      redis.thaw();
      return Promise.resolve(redis);
    },
  },
];

describe.skipIf(inject('redisServer') === null).each(OUTAGES)('while Redis $how', ({ begin, end }) => {
  let folders: { redis: string; data: string };
  let redis: TestRedis;
  let api: TestService;
  let worker: TestWorker | undefined;
  let client: GraphqlClient;
  let waiting: { id: string; states: ReturnType<typeof updates> };

  beforeAll(async () => {
    folders = { redis: await dataFolder(), data: await dataFolder() };
    redis = await startRedis({ dir: folders.redis, appendOnly: true });
    api = await startService({ role: 'api', dataDir: folders.data, env: { QUEUE_URL: redis.url } });
    client = new GraphqlClient(api.url);
    const { id } = await submit(client, { image: await picture({ seed: 1 }) });
    waiting = { id, states: updates(client, id) };
    await waiting.states.next();
    await begin(redis);
  });
  afterAll(async () => {
    await Promise.all([api.stop(), worker?.stop()]);
    await redis.stop();
    await removeFolder(folders.redis);
    await removeFolder(folders.data);
  });

  it('the service is alive, and not ready, and says why', async () => {
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
    const response = await fetch(`${api.url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      status: 'failing',
      failing: { queue: expect.stringMatching(/queue/) as unknown },
    });
  });

  it('pictures are classified', () => expectAlive(client));

  it.each([
    ['superResolve', 'mutation ($image: ImageInput!) { superResolve(image: $image) { id } }'],
    ['jobs', '{ jobs { totalCount } }'],
    ['job', '{ job(id: "sr-00000000000000000000000000000000") { id } }'],
    ['cancelJob', 'mutation { cancelJob(id: "sr-00000000000000000000000000000000") { id } }'],
    ['jobUpdated', 'subscription { jobUpdated(id: "sr-00000000000000000000000000000000") { id } }'],
  ])('%s says so soon', async (name, query) => {
    const variables = query.includes('$image') ? { image: inBase64(await picture({ seed: 2 })) } : {};
    const start = performance.now();
    const answer = await (name === 'jobUpdated' ? client.overSocket(query) : client.post(query, variables));
    expectRefused(answer, 'QUEUE_UNAVAILABLE');
    expect(answer.errors[0]?.extensions).toMatchObject({ retryAfterMs: expect.any(Number) as unknown });
    expect(performance.now() - start).toBeLessThan(ANSWER_WITHIN_MS);
  });

  // The last one: from here on it is back.
  it('nothing is lost: with Redis come the readiness, the job that waited and its subscriber', async () => {
    redis = await end(redis, folders.redis);
    await vi.waitFor(async () => expect((await fetch(`${api.url}/readyz`)).status).toBe(200), {
      timeout: 20_000,
      interval: 200,
    });
    worker = await startWorker({ dataDir: folders.data, env: { QUEUE_URL: redis.url } });
    const seen: string[] = [];
    for await (const { status } of waiting.states) seen.push(status);
    expect(seen.at(-1)).toBe('COMPLETED');
    await completed(client, (await submit(client, { image: await picture({ seed: 3 }) })).id);
  });
});
