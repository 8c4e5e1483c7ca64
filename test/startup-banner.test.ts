import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readConfig, type Config } from '../src/config.js';
import { Catalog } from '../src/registry/catalog.js';
import { nextSteps } from '../src/next-steps.js';
import { startupBanner } from '../src/startup-banner.js';
import { described, offline, wholeModel, writeManifest } from './registry/model-folder.js';

const URL = 'http://127.0.0.1:4000';
const WORKER_URL = 'http://127.0.0.1:4001';
const STORE = { address: '/var/okulo/objects' };
const EMBEDDED = { kind: 'pglite' as const, address: '/var/okulo/queue' };

async function threeModels(): Promise<Catalog> {
  const { folder, model } = await wholeModel();
  const models = [
    { ...model, id: 'first', origin: 'OFFICIAL', defaultRank: 1 },
    { ...model, id: 'second' },
    { ...model, id: 'third', files: described()['files'] },
  ];
  const catalog = await Catalog.read([await writeManifest(models, folder)]);
  await catalog.prepare(await offline(), { verify: () => Promise.resolve() });
  return catalog;
}

function screen(
  config: Config,
  catalog: Catalog,
  backend: { kind: 'pglite' | 'redis'; address: string } = EMBEDDED,
) {
  const isWorker = config.role === 'worker';
  const running = {
    api: isWorker ? undefined : { url: URL },
    worker: { url: isWorker ? WORKER_URL : undefined },
  };
  return startupBanner(config, { catalog, backend, store: STORE }, running, 1.234);
}

describe('what a service says when it is ready', () => {
  let catalog: Catalog;
  let text: string;

  beforeAll(async () => {
    catalog = await Catalog.read([join('models', 'manifest.json')]);
    text = screen(readConfig('serve', { INFERENCE_THREADS: '3', SUPER_RESOLUTION_THREADS: '2' }), catalog);
  });

  test('begins with its role and how long it took', () => {
    expect(text).toMatch(/^Okulo \(serve\) is ready after 1\.2 s\n/);
  });

  test('tells its addresses', () => {
    expect(text).toContain(`${URL}/graphql`);
    expect(text).toContain(`Studio          ${URL}/\n`);
    expect(text).toContain(`${URL}/readyz, ${URL}/metrics`);
  });

  test('tells queue, storage and threads', () => {
    expect(text).toMatch(/Job queue +embedded \(PGlite\): \/var\/okulo\/queue\n/);
    expect(text).toMatch(/Storage +\/var\/okulo\/objects\n/);
    expect(text).toMatch(/Threads +3 for answers, 2 for jobs\n/);
  });

  test('ends with the next steps, which command line and page name too', () => {
    const steps = nextSteps(URL).map(({ what, how }) => `${what}: ${how}`);
    expect(
      text
        .split('\n')
        .slice(-4, -1)
        .map((line) => line.slice(18)),
    ).toEqual(steps);
  });

  test('fits on one screen', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(24);
  });
});

test('each model is told with its origin and status, the default marked, an unusable one with the reason', async () => {
  const lines = screen(readConfig('serve', {}), await threeModels()).split('\n');
  expect(lines).toContainEqual(
    expect.stringMatching(/^ {2}SUPER_RESOLVE +first \(default\), OFFICIAL, READY$/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/^ +second, CUSTOM, READY$/));
  expect(lines).toContainEqual(
    expect.stringMatching(/^ +third, CUSTOM, UNAVAILABLE: The file model\.onnx could not be downloaded$/),
  );
});

test('an API alone has threads for answers only', async () => {
  const config = readConfig('api', { QUEUE_URL: 'redis://queue.test', INFERENCE_THREADS: '3' });
  const text = screen(config, await threeModels(), { kind: 'redis', address: 'redis://queue.test:6379' });
  expect(text).toMatch(/Threads +3 for answers\n/);
  expect(text).toMatch(/Job queue +redis: redis:\/\/queue\.test:6379\n/);
});

test('a worker tells where its health is, and nothing that clients could ask', async () => {
  const config = readConfig('worker', { QUEUE_URL: 'redis://queue.test', SUPER_RESOLUTION_THREADS: '2' });
  const text = screen(config, await threeModels(), { kind: 'redis', address: 'redis://queue.test:6379' });
  expect(text).not.toContain('GraphQL');
  expect(text).toContain(`Health          ${WORKER_URL}/readyz, ${WORKER_URL}/metrics\n`);
  expect(text).toMatch(/Threads +2 for jobs\n/);
});
