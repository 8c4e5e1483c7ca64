/** The images as they are built, and as a hardened platform runs them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { GraphqlClient } from '../kit/graphql-client.js';
import { completed, submit } from '../kit/service-jobs.js';
import { operation } from '../kit/service-operations.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { docker, layersAbove, megabytes } from './docker.js';
import { BASE } from './engine-setup.js';

const MAX_SERVICE_MB = 170;
const HARDENED = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];

describe.skipIf(!inject('hasEngine'))('the images', () => {
  it('that runs an API or a worker is small', async () => {
    const layers = await layersAbove('okulo', BASE);
    for (const { bytes, by } of layers)
      if (bytes > 0) console.log(`${(bytes / 1e6).toFixed(1).padStart(7)} MB  ${by.slice(0, 90)}`);
    const application = layers.filter(({ by }) => !by.includes('/models /models'));
    console.log(`${megabytes(application).toFixed(1).padStart(7)} MB  without models`);
    expect(megabytes(application)).toBeLessThanOrEqual(MAX_SERVICE_MB);
  });

  const found = (image: string, ...tests: string[]) =>
    docker('run', '--rm', '--entrypoint', 'find', image, '/app', ...tests);

  it('have nothing that only people, compilers and debuggers read', async () => {
    for (const image of ['okulo', 'okulo-laptop'])
      expect(
        await found(image, '(', '-name', '*.map', '-o', '-name', '*.d.ts', '-o', '-name', 'README.md', ')'),
      ).toBe('');
  });

  it('for a queue elsewhere have no queue of their own, and one platform of the runtime', async () => {
    expect(await found('okulo', '-path', '*electric-sql*')).toBe('');
    expect(await found('okulo', '-name', '*wasm32*')).toBe('');
    const runtimes = await found('okulo', '-name', 'libonnxruntime.so*', '-type', 'f');
    expect(runtimes.split('\n')).toHaveLength(1);
    expect(await found('okulo-laptop', '-path', '*electric-sql/pglite/package.json')).not.toBe('');
  });

  it('say so in one sentence where the queue is missing', async () => {
    const ask = docker('run', '--rm', '-e', 'ALLOW_ANONYMOUS=true', 'okulo', 'serve');
    await expect(ask).rejects.toThrow(/expected QUEUE_URL .* this installation has no queue of its own/);
  });

  it('have their models outside of any volume, prepared', async () => {
    const prepared = await docker('run', '--rm', '--entrypoint', 'ls', 'okulo', '/models/prepared');
    for (const id of ['builtin-classifier', 'builtin-detector', 'builtin-road', 'builtin-superres-x4'])
      expect(prepared).toContain(id);
  });

  describe('run with a read-only root, no rights, half a processor and a folder of root at /tmp', () => {
    let folder: string;
    let id: string;
    let client: GraphqlClient;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'okulo-root-owned-'));
      id = await docker(
        'run',
        '-d',
        ...HARDENED,
        ...['--cpus', '0.5', '-m', '1g', '-v', `${folder}:/tmp`, '-p', '127.0.0.1::4000'],
        ...['-e', 'ALLOW_ANONYMOUS=true', 'okulo-laptop'],
      );
    });
    afterAll(async () => {
      await docker('rm', '-f', '-v', id);
      await rm(folder, { recursive: true, force: true });
    });
    const inside = (script: string) => docker('exec', id, 'sh', '-c', script);

    it('are healthy within their start period', async () => {
      const start = performance.now();
      await vi.waitFor(
        async () => expect(await docker('inspect', '-f', '{{.State.Health.Status}}', id)).toBe('healthy'),
        { timeout: 180_000, interval: 1000 },
      );
      console.log(`healthy after ${((performance.now() - start) / 1000).toFixed(0)} s at 0.5 CPU`);
      client = new GraphqlClient(`http://${await docker('port', id, '4000')}`);
    });

    it('are nobody in particular, with node as the first process', async () => {
      expect(await inside('id -u')).toBe('1000');
      expect(await inside("grep CapEff /proc/1/status | tr -d '\\t'")).toBe('CapEff:0000000000000000');
      expect(await inside('touch /app/x 2>&1 || echo refused')).toContain('Read-only file system');
      expect(await inside("tr '\\0' ' ' </proc/1/cmdline")).toMatch(/^node .*dist\/main\.js serve/);
    });

    it('answer at once, and by a job', async () => {
      const image = inBase64(await readFile('images/road/street.jpg'));
      expect((await client.post(operation('classify'), { image })).errors).toEqual([]);
      const job = await submit(client, { image: await picture({ seed: 1 }) });
      const { width } = await completed(client, job.id);
      expect(width).toBe(640);
    });

    it('use jemalloc', async () => {
      expect(await inside('grep -c jemalloc /proc/1/maps')).not.toBe('0');
    });

    it('end in good order when they are stopped', async () => {
      await docker('stop', '-t', '30', id);
      expect(await docker('inspect', '-f', '{{.State.ExitCode}}', id)).toBe('0');
    });
  });
});
