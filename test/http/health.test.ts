import { expect, test } from 'vitest';
import { CodedError } from '../../src/errors.js';
import { healthRoutes } from '../../src/http/health.js';
import { Lifecycle } from '../../src/http/lifecycle.js';
import { runApp } from './running-app.js';

const WORKS = () => Promise.resolve();

function ready(): Lifecycle {
  const lifecycle = new Lifecycle();
  lifecycle.ready();
  return lifecycle;
}

async function ask(
  path: string,
  lifecycle: Lifecycle,
  checks: Readonly<Record<string, () => Promise<void>>> = { queue: WORKS },
): Promise<{ status: number; body: unknown; cache: string | null }> {
  const { url } = await runApp([healthRoutes(lifecycle, checks)]);
  const response = await fetch(url + path);
  return {
    status: response.status,
    body: await response.json(),
    cache: response.headers.get('cache-control'),
  };
}

test('a process is alive from its start to its end', async () => {
  const stopping = ready();
  stopping.stopping('SIGTERM');
  for (const lifecycle of [new Lifecycle(), ready(), stopping]) {
    expect(await ask('/healthz', lifecycle)).toMatchObject({ status: 200, body: { status: 'alive' } });
  }
});

test('a process that has started and whose parts work is ready', async () => {
  expect(await ask('/readyz', ready())).toMatchObject({
    status: 200,
    body: { status: 'ready', failing: {} },
  });
});

test('a process that starts is not ready', async () => {
  expect(await ask('/readyz', new Lifecycle())).toMatchObject({ status: 503, body: { status: 'starting' } });
});

test('a process that stops is not ready', async () => {
  const lifecycle = ready();
  lifecycle.stopping('SIGTERM');
  expect(await ask('/readyz', lifecycle)).toMatchObject({ status: 503, body: { status: 'stopping' } });
});

test('what does not work is named with its reason, and what works is not', async () => {
  const queue = () => Promise.reject(new CodedError('QUEUE_UNAVAILABLE', 'The job queue does not answer.'));
  expect(await ask('/readyz', ready(), { queue, models: WORKS })).toMatchObject({
    status: 503,
    body: { status: 'failing', failing: { queue: 'The job queue does not answer.' } },
  });
});

test('parts that need not work yet are not asked', async () => {
  let asked = 0;
  const queue = () => Promise.resolve(void (asked += 1));
  await ask('/readyz', new Lifecycle(), { queue });
  expect(asked).toBe(0);
});

test('nobody keeps the answer for later', async () => {
  expect((await ask('/readyz', ready())).cache).toBe('no-store');
});
