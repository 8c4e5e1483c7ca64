/** A service of its own for each task, behind nginx in the place of a load balancer. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { startNginx, type TestNginx } from '../kit/nginx.js';
import { freePort, startRedis, type TestRedis } from '../kit/redis-server.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { completed, submit } from '../kit/service-jobs.js';
import { operation } from '../kit/service-operations.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { startInVain, startService, startWorker, type TestService, type TestWorker } from '../kit/service.js';

const canRun = inject('redisServer') !== null && inject('nginx') !== null;
const modelsShape = z.object({ models: z.array(z.object({ id: z.string(), task: z.string() })) });
const MODELS = '{ models { id task } }';

describe.skipIf(!canRun)('with a service for each task', () => {
  let folder: string;
  let redis: TestRedis;
  let all: TestService;
  let classifying: TestService;
  let enlarging: TestService;
  let worker: TestWorker;
  let nginx: TestNginx;
  let url: string;

  beforeAll(async () => {
    folder = await dataFolder();
    redis = await startRedis();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const env = { QUEUE_URL: redis.url, PUBLIC_URL: url, SIGNING_SECRET: 'of all of the services' };
    // What they print is the address for clients; this is their own.
    const api = async (TASKS = '') => {
      const own = await freePort();
      const started = await startService({
        role: 'api',
        dataDir: folder,
        env: { ...env, TASKS, PORT: String(own) },
      });
      return { ...started, url: `http://127.0.0.1:${own}` };
    };
    [all, classifying, enlarging, worker] = await Promise.all([
      api(),
      api('CLASSIFY'),
      api('SUPER_RESOLVE'),
      startWorker({ dataDir: folder, env: { ...env, TASKS: 'SUPER_RESOLVE', WORKER_PORT: '0' } }),
    ]);
    const to = ({ url: address }: TestService) => `{
      proxy_pass ${address};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
    }`;
    nginx = await startNginx(`
      map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
      server {
        listen 127.0.0.1:${port};
        client_max_body_size 30m;
        location = /classify_image ${to(classifying)}
        location = /graphql/classify ${to(classifying)}
        location = /super_resolution ${to(enlarging)}
        location = /graphql/super-resolve ${to(enlarging)}
        location / ${to(all)}
      }`);
  });
  afterAll(async () => {
    await nginx.stop();
    await Promise.all([all, classifying, enlarging, worker].map((each) => each.stop()));
    await redis.stop();
    await removeFolder(folder);
  });

  const at = (path: string) => new GraphqlClient(url, path);
  /** How many operations of a name a service has answered. */
  const answered = async ({ url: address }: TestService, name: string) => {
    const text = await (await fetch(`${address}/metrics`)).text();
    const lines = text
      .split('\n')
      .filter((line) => line.startsWith(`okulo_operation_duration_seconds_count{operation="${name}",`));
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  };
  const photo = async () => inBase64(await readFile('images/road/street.jpg'));

  it.each([
    ['/graphql/classify', ['CLASSIFY']],
    ['/graphql/super-resolve', ['SUPER_RESOLVE']],
    ['/graphql', ['CLASSIFY', 'DETECT_OBJECTS', 'SEGMENT_ROAD', 'SUPER_RESOLVE']],
  ])('what answers at %s knows the models of %j', async (path, tasks) => {
    const { models } = dataOf(await at(path).post(MODELS), modelsShape);
    expect([...new Set(models.map(({ task }) => task))].sort()).toEqual(tasks);
  });

  it('a classification is made by the service of that task, by GraphQL and by REST', async () => {
    const image = await photo();
    const { errors } = await at('/graphql/classify').post(operation('classify'), { image });
    expect(errors).toEqual([]);
    const answer = await fetch(`${url}/classify_image`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ image: image.base64 }),
    });
    expect(answer.status).toBe(200);
    expect(await answered(classifying, 'classify')).toBe(1);
    expect(await answered(classifying, 'classify_image')).toBe(1);
    expect(await answered(all, 'classify')).toBe(0);
  });

  it('a job is queued, followed and fetched through the service of its task', async () => {
    const client = at('/graphql/super-resolve');
    const { id } = await submit(client, { image: await picture({ seed: 5 }) });
    const result = await completed(client, id);
    // Any of them knows what another one has signed.
    expect((await fetch(result.url)).status).toBe(200);
    expect(await answered(enlarging, 'superResolve')).toBe(1);
    const seen = await at('/graphql').run('job', z.object({ job: z.object({ status: z.string() }) }), { id });
    expect(seen.job.status).toBe('COMPLETED');
  });

  it('what a service does not do is refused with words that say so', async () => {
    const image = await photo();
    const { errors } = await at('/graphql/classify').post(operation('segment-road'), { image });
    expect(errors.map(({ extensions, message }) => [extensions.code, message])).toEqual([
      [
        'NOT_FOUND',
        'What answers at this address serves CLASSIFY alone, and this is SEGMENT_ROAD. Ask at the address of the whole service.',
      ],
    ]);
    const submitted = await at('/graphql/classify').post(operation('super-resolve'), { image });
    expect(submitted.errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
    const rest = await fetch(`${classifying.url}/road_segmentation`, { method: 'POST', body: '{}' });
    expect(rest.status).toBe(404);
  });

  it.each(['/graphql/segment-road', '/graphql/nothing', '/graphql/classify/more'])(
    'a service that only classifies has nothing at %s',
    async (path) => {
      const body = JSON.stringify({ query: MODELS });
      const headers = { 'content-type': 'application/json' };
      expect((await fetch(`${classifying.url}${path}`, { method: 'POST', headers, body })).status).toBe(404);
      await expect(new GraphqlClient(classifying.url, path).overSocket(MODELS)).rejects.toThrow();
    },
  );

  it('only what is served is loaded', () => {
    expect(classifying.output()).toMatch(/classifier/);
    expect(classifying.output()).not.toMatch(/road|detector|superres/);
  });

  // The last test: that service is gone afterwards.
  it('one that fails takes nothing else with it', async () => {
    await classifying.kill();
    const image = await photo();
    const roads = await at('/graphql').post(operation('segment-road'), { image });
    expect(roads.errors).toEqual([]);
    const { id } = await submit(at('/graphql/super-resolve'), { image: await picture({ seed: 6 }) });
    await completed(at('/graphql'), id);
  });
});

it('a worker without a task that is done in jobs is refused at the start', async () => {
  const { code, stderr } = await startInVain('worker', {
    QUEUE_URL: 'redis://127.0.0.1:1',
    TASKS: 'CLASSIFY',
  });
  expect(code).toBe(1);
  expect(stderr).toContain('TASKS: a worker does jobs, and CLASSIFY has none.');
});

it('a process for answers alone has no queue of jobs to work on, and says what it serves', async () => {
  const service = await startService({ env: { TASKS: 'CLASSIFY,DETECT_OBJECTS' } });
  try {
    const { models } = dataOf(await new GraphqlClient(service.url).post(MODELS), modelsShape);
    expect(new Set(models.map(({ task }) => task))).toEqual(new Set(['CLASSIFY', 'DETECT_OBJECTS']));
  } finally {
    await service.stop();
  }
});
