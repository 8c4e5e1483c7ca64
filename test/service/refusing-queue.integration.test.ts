/** A queue that answers and stores nothing: whoever sends a job is told what is wrong, and so is the load balancer. */
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { GraphqlClient } from '../kit/graphql-client.js';
import { startRedis, type TestRedis } from '../kit/redis-server.js';
import { completed, submit } from '../kit/service-jobs.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { startInVain, startService, type TestService } from '../kit/service.js';
import { expectAlive, expectRefused } from './refusal.js';

const SUBMIT = 'mutation ($image: ImageInput!) { superResolve(image: $image) { id } }';

const STATES = [
  {
    state: 'has no memory left',
    begin: (redis: Redis) => redis.config('SET', 'maxmemory', '1'),
    end: (redis: Redis) => redis.config('SET', 'maxmemory', '0'),
    words: /its memory is full/,
    own: /OOM/,
  },
  {
    state: 'has become a replica',
    begin: (redis: Redis) => redis.replicaof('127.0.0.1', 1),
    end: (redis: Redis) => redis.replicaof('NO', 'ONE'),
    words: /it is a replica/,
    own: /READONLY/,
  },
];

describe.skipIf(inject('redisServer') === null)('a Redis', () => {
  let server: TestRedis;
  let redis: Redis;
  let service: TestService;
  let client: GraphqlClient;

  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
    service = await startService({ env: { QUEUE_URL: server.url } });
    client = new GraphqlClient(service.url);
  });
  afterAll(async () => {
    await service.stop();
    redis.disconnect();
    await server.stop();
  });

  it.each(STATES)('that $state: jobs are refused for that, and go on afterwards', async (state) => {
    await state.begin(redis);
    const answer = await client.post(SUBMIT, { image: inBase64(await picture({ seed: 41 })) });
    expect(answer.errors[0]?.message).toMatch(state.words);
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['QUEUE_UNAVAILABLE']);
    expect(answer.errors[0]?.message).not.toMatch(/127\.0\.0\.1|redis/i);
    await vi.waitFor(() => expect(service.output()).toMatch(state.own));
    await vi.waitFor(async () => {
      const response = await fetch(`${service.url}/readyz`);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({
        failing: { queue: expect.stringMatching(state.own) as unknown },
      });
    }, 5000);
    await expectAlive(client);

    await state.end(redis);
    await vi.waitFor(async () => expect((await fetch(`${service.url}/readyz`)).status).toBe(200), 10_000);
    await completed(client, (await submit(client, { image: await picture({ seed: 42 }) })).id);
  });

  it('without such a database is refused at the start, in one sentence', async () => {
    const { code, stderr } = await startInVain('serve', { QUEUE_URL: `${server.url}/99` });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Queue at .*\/99: .*DB index is out of range.*QUEUE_URL.*\n$/);
  });

  it.each(['foo', '-1', '1.5'])(
    'with a database of the name %s is refused at the start',
    async (database) => {
      const { code, stderr } = await startInVain('serve', { QUEUE_URL: `${server.url}/${database}` });
      expect(code).toBe(1);
      expect(stderr).toMatch(/^Queue address: .*number of a Redis database.*\n$/);
    },
  );

  it('is fit for its words alone: nothing of it is shown to clients', async () => {
    await redis.config('SET', 'maxmemory', '1');
    expectRefused(
      await client.post(SUBMIT, { image: inBase64(await picture({ seed: 43 })) }),
      'QUEUE_UNAVAILABLE',
    );
    await redis.config('SET', 'maxmemory', '0');
  });
});
