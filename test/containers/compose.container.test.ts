/** docker-compose.yml as it is, with two workers, and what happens to machines. */
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { GraphqlClient } from '../kit/graphql-client.js';
import { completed, job, submit, type SubmittedJob } from '../kit/service-jobs.js';
import { operation } from '../kit/service-operations.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { API, Compose, obtainQueue } from './compose.js';
import { docker } from './docker.js';

const SIZE = { width: 900, height: 700 };
const compose = new Compose('okulo-test', { REDIS_PASSWORD: 'of-the-test' });

describe.skipIf(!inject('hasEngine'))('docker compose', () => {
  const client = new GraphqlClient(API);

  beforeAll(async () => {
    await obtainQueue();
    await compose.do('up', '-d', '--no-build', '--scale', 'worker=2');
    await compose.areHealthy('api', 'worker');
  });
  afterAll(async () => {
    await compose.do('down', '-v', '-t', '10');
  });

  it('starts an API, two workers and a queue with a password', async () => {
    const image = inBase64(await readFile('images/road/street.jpg'));
    expect((await client.post(operation('classify'), { image })).errors).toEqual([]);
    const [redis = ''] = await compose.containersOf('redis');
    const unasked = await docker('exec', '-e', 'REDISCLI_AUTH=', redis, 'valkey-cli', 'ping');
    expect(unasked).toContain('NOAUTH');
    const set = (name: string) => docker('exec', redis, 'valkey-cli', 'config', 'get', name);
    expect(await set('maxmemory-policy')).toContain('noeviction');
    expect(await set('appendonly')).toContain('yes');
  });

  it('loses no job when workers are stopped and killed, and the queue starts anew', async () => {
    const jobs: SubmittedJob[] = [];
    for (let seed = 1; seed <= 6; seed += 1)
      jobs.push(await submit(client, { image: await picture({ ...SIZE, seed }) }));
    const patiently = <T>(ask: () => Promise<T>) => vi.waitFor(ask, { timeout: 240_000, interval: 1000 });
    await patiently(async () => expect((await job(client, jobs[0]?.id ?? ''))?.status).not.toBe('QUEUED'));
    const [first = '', second = ''] = await compose.containersOf('worker');
    await docker('stop', '-t', '30', first);
    expect(await docker('inspect', '-f', '{{.State.ExitCode}}', first)).toBe('0');
    await docker('kill', second);
    await docker('start', first, second);
    const [redis = ''] = await compose.containersOf('redis');
    await docker('restart', redis);
    for (const { id } of jobs) {
      const { width, height } = await patiently(() => completed(client, id));
      expect([width, height]).toEqual([SIZE.width * 4, SIZE.height * 4]);
      const done = await job(client, id);
      expect((await fetch(done?.result?.url ?? '')).status).toBe(200);
    }
  });

  it('answers every request that an API had when it is told to stop', async () => {
    const [api = ''] = await compose.containersOf('api');
    const address = await docker(
      'inspect',
      '-f',
      '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}',
      api,
    );
    const image = inBase64(await readFile('images/road/street.jpg'));
    const body = JSON.stringify({ query: operation('classify'), variables: { image } });
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const counts = { answered: 0, failed: [] as string[] };
    let isOver = false;
    const ask = async () => {
      while (!isOver) {
        try {
          const answer = await fetch(`http://${address}:4000/graphql`, { method: 'POST', headers, body });
          const { errors } = (await answer.json()) as { errors?: unknown };
          if (answer.status === 200 && errors === undefined) counts.answered += 1;
          else counts.failed.push(`${answer.status} ${JSON.stringify(errors)}`);
        } catch (error) {
          counts.failed.push(String((error as Error).cause ?? error));
        }
      }
    };
    // As a balancer does: it asks whether there is one to send requests to.
    const looking = (async () => {
      while (!isOver) {
        const ready = await fetch(`http://${address}:4000/readyz`).catch(() => undefined);
        if (ready?.status !== 200) isOver = true;
        await delay(200);
      }
    })();
    const asking = Array.from({ length: 8 }, ask);
    await vi.waitFor(() => expect(counts.answered).toBeGreaterThan(40), { timeout: 60_000 });
    await docker('stop', '-t', '30', api);
    await Promise.all([looking, ...asking]);
    console.log(`${counts.answered} answered, ${counts.failed.length} failed while the API stopped`);
    expect(counts.failed).toEqual([]);
    expect(await docker('inspect', '-f', '{{.State.ExitCode}}', api)).toBe('0');
  });
});
