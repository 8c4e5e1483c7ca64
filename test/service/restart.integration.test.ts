/** A service that is started again on its data: jobs, results and addresses are still there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GraphqlClient } from '../kit/graphql-client.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import {
  completed,
  follow,
  isHalfway,
  job,
  manyTiles,
  SMALL_TILES,
  submit,
  until,
} from '../kit/service-jobs.js';
import { picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';

describe.each([
  ['ended in good order', (service: TestService) => service.stop()],
  ['was killed', (service: TestService) => service.kill()],
])('a service that %s and starts again', (_how, end) => {
  let dataDir: string;
  let done: { id: string; path: string };
  let halfway: { id: string; tilesDone: number };
  let service: TestService;
  let client: GraphqlClient;

  beforeAll(async () => {
    dataDir = await dataFolder();
    const before = await startService({ dataDir, env: SMALL_TILES });
    const first = new GraphqlClient(before.url);
    const { id } = await submit(first, { image: await picture() });
    const { url } = await completed(first, id);
    done = { id, path: url.slice(before.url.length) };
    const { id: long } = await submit(first, { image: await manyTiles() });
    const { progress } = await until(first, long, isHalfway);
    halfway = { id: long, tilesDone: progress.tilesDone };
    await end(before);
    service = await startService({ dataDir, env: SMALL_TILES });
    client = new GraphqlClient(service.url);
  });
  afterAll(async () => {
    await service.stop();
    await removeFolder(dataDir);
  });

  it('still has the jobs that were done', async () => {
    expect(await job(client, done.id)).toMatchObject({ status: 'COMPLETED', progress: { fraction: 1 } });
  });

  it('still honours the addresses that it gave out', async () => {
    expect((await fetch(service.url + done.path)).status).toBe(200);
  });

  it('finishes the job that it was at, from the tiles that were done', async () => {
    const states = await follow(client, halfway.id);
    expect(states.at(-1)).toMatchObject({ status: 'COMPLETED' });
    expect(Math.min(...states.map(({ progress }) => progress.tilesDone))).toBeGreaterThanOrEqual(
      halfway.tilesDone,
    );
  });
});
