/** docker-compose.yml as it is, with two workers, and what happens to machines. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { ROOT } from '../../scripts/build-inputs.mjs';
import { GraphqlClient } from '../kit/graphql-client.js';
import { findProgram } from '../kit/programs.js';
import { completed, job, submit, type SubmittedJob } from '../kit/service-jobs.js';
import { operation } from '../kit/service-operations.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { docker, DOCKER } from './docker.js';
import { BASE } from './engine-setup.js';

const run = promisify(execFile);
const REDIS = 'valkey/valkey:8-bookworm';
const API = 'http://127.0.0.1:4000';
const SIZE = { width: 900, height: 700 };

/** The plug-in, or the program of before. */
async function compose(...args: readonly string[]): Promise<string> {
  const program = findProgram('docker-compose');
  const [name, first] = program === null ? [DOCKER, ['compose']] : [program, []];
  const { stdout } = await run(name, [...first, '-p', 'okulo-test', ...args], {
    cwd: ROOT,
    env: { ...process.env, REDIS_PASSWORD: 'of-the-test' },
  });
  return stdout.trim();
}

const containersOf = async (service: string) => (await compose('ps', '-q', service)).split('\n');

async function isHealthy(id: string): Promise<void> {
  await vi.waitFor(
    async () => expect(await docker('inspect', '-f', '{{.State.Health.Status}}', id)).toBe('healthy'),
    { timeout: 120_000, interval: 1000 },
  );
}

describe.skipIf(!inject('hasEngine'))('docker compose', () => {
  const client = new GraphqlClient(API);

  beforeAll(async () => {
    await standIn();
    await compose('up', '-d', '--no-build', '--scale', 'worker=2');
    for (const id of [...(await containersOf('api')), ...(await containersOf('worker'))]) await isHealthy(id);
  });
  afterAll(async () => {
    await compose('down', '-v', '-t', '10');
  });

  /** Where no registry of images can be reached: Debian's Redis, called what Valkey's programs are called. */
  async function standIn(): Promise<void> {
    const pulled = await docker('pull', REDIS).catch(() => undefined);
    if (pulled !== undefined) return;
    const file = `FROM ${BASE}
RUN apt-get update && apt-get install -y --no-install-recommends redis-server \\
    && for name in server cli; do ln -s /usr/bin/redis-$name /usr/local/bin/valkey-$name; done \\
    && mkdir -p /data && chown 999:1000 /data
VOLUME /data
WORKDIR /data`;
    await run(
      'sh',
      ['-c', `printf '%s' "$1" | "$2" build --network host -t ${REDIS} -`, 'sh', file, DOCKER],
      {
        env: { ...process.env, DOCKER_BUILDKIT: '1' },
      },
    );
  }

  it('starts an API, two workers and a queue with a password', async () => {
    const image = inBase64(await readFile('images/road/street.jpg'));
    expect((await client.post(operation('classify'), { image })).errors).toEqual([]);
    const [redis = ''] = await containersOf('redis');
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
    const [first = '', second = ''] = await containersOf('worker');
    await docker('stop', '-t', '30', first);
    expect(await docker('inspect', '-f', '{{.State.ExitCode}}', first)).toBe('0');
    await docker('kill', second);
    await docker('start', first, second);
    const [redis = ''] = await containersOf('redis');
    await docker('restart', redis);
    for (const { id } of jobs) {
      const { width, height } = await patiently(() => completed(client, id));
      expect([width, height]).toEqual([SIZE.width * 4, SIZE.height * 4]);
      const done = await job(client, id);
      expect((await fetch(done?.result?.url ?? '')).status).toBe(200);
    }
  });

  it('answers every request that an API had when it is told to stop', async () => {
    const [api = ''] = await containersOf('api');
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
