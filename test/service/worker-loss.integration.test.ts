/** A worker that goes away, politely or not, in the middle of a job: another one goes on where it stopped. */
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { GraphqlClient } from '../kit/graphql-client.js';
import { startRedis, type TestServer } from '../kit/redis-server.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import {
  isHalfway,
  job,
  manyTiles,
  SMALL_TILES,
  submit,
  updates,
  type JobUpdate,
} from '../kit/service-jobs.js';
import { startService, startWorker, type TestService, type TestWorker } from '../kit/service.js';

/** A worker holds its job for 15 s without a sign of life, and the others look for lost jobs every 5 s. */
const LONG_ENOUGH_MS = 60_000;

describe.skipIf(inject('redisServer') === null)('a worker', () => {
  let redis: TestServer;
  let dataDir: string;
  let api: TestService;
  /** Divides pictures into many tiles. */
  let dividing: TestService;
  let client: GraphqlClient;
  const workers = new Set<TestWorker>();

  beforeAll(async () => {
    redis = await startRedis();
    dataDir = await dataFolder();
    const env = { QUEUE_URL: redis.url };
    [api, dividing] = await Promise.all([
      startService({ role: 'api', dataDir, env }),
      startService({ role: 'api', dataDir, env: { ...env, ...SMALL_TILES } }),
    ]);
    client = new GraphqlClient(api.url);
  });
  afterEach(async () => {
    await Promise.all([...workers].map((worker) => worker.stop()));
    workers.clear();
  });
  afterAll(async () => {
    await Promise.all([api.stop(), dividing.stop()]);
    await redis.stop();
    await removeFolder(dataDir);
  });

  async function hire(): Promise<TestWorker> {
    const worker = await startWorker({ dataDir, env: { QUEUE_URL: redis.url } });
    workers.add(worker);
    return worker;
  }

  /** Follows a job to its end, and does something once when it is halfway. */
  async function atHalf(
    id: string,
    act: () => Promise<unknown>,
  ): Promise<{ states: JobUpdate[]; acted: Promise<unknown> }> {
    const states: JobUpdate[] = [];
    let acted: Promise<unknown> | undefined;
    for await (const update of updates(client, id)) {
      states.push(update);
      if (isHalfway(update)) acted ??= act();
    }
    if (!acted) throw new Error('The job was never seen halfway');
    return { states, acted };
  }

  function expectNoTileDoneTwice(states: readonly JobUpdate[]): void {
    const done = states.map(({ progress }) => progress.tilesDone);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(states.at(-1)).toMatchObject({ status: 'COMPLETED', progress: { fraction: 1 } });
  }

  it('that is asked to end hands its job back at once, for another to do', async () => {
    const leaving = await hire();
    const { id } = await submit(client, { image: await manyTiles({ seed: 1 }) });
    let handedBack: unknown;
    const { states, acted } = await atHalf(id, async () => {
      const code = await leaving.stop();
      workers.delete(leaving);
      handedBack = { code, status: (await job(client, id))?.status };
      await hire();
    });
    await acted;
    expect(handedBack).toEqual({ code: 0, status: 'QUEUED' });
    expect(states.at(-1)).toMatchObject({ status: 'COMPLETED', progress: { fraction: 1 } });
  });

  it(
    'that is killed is replaced by another, which uses the tiles that are done (slow: it has to be missed first)',
    async () => {
      const dying = await hire();
      const { id } = await submit(new GraphqlClient(dividing.url), { image: await manyTiles({ seed: 2 }) });
      const { states, acted } = await atHalf(id, async () => {
        await dying.kill();
        workers.delete(dying);
        await hire();
      });
      await acted;
      expectNoTileDoneTwice(states);
      expect(await job(client, id)).toMatchObject({ status: 'COMPLETED', error: null });
    },
    LONG_ENOUGH_MS,
  );
});
