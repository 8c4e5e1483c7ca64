import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { openQueueBackend, type QueueBackend, UnusableQueue } from '../../src/queue/backend.js';
import { otherProcess } from './process.js';
import { queueTemplate, temporaryFolder } from './stores.js';

// Databases and processes of their own start slowly on a busy machine; nothing here waits for time to pass.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

// One folder for all: making a database takes longer than opening it.
let dataDir: string;
let template: string;
beforeAll(async () => {
  dataDir = await temporaryFolder();
  template = await queueTemplate();
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function open(folder = dataDir): Promise<QueueBackend> {
  const errors: unknown[] = [];
  const backend = await openQueueBackend({
    url: undefined,
    dataDir: folder,
    onError: (error) => errors.push(error),
  });
  onTestFinished(async () => {
    await backend.close();
    expect(errors).toEqual([]);
  });
  return backend;
}

test('jobs wait through a restart', async () => {
  const before = await open();
  await before.queue<{ n: number }, null>('q').add('x', { n: 1 }, { jobId: 'waits' });
  await before.close();

  const after = await open();
  const done = new Promise((resolve) => {
    after.worker<{ n: number }, null>('q', (job) => {
      resolve([job.id, job.data]);
      return Promise.resolve(null);
    });
  });
  expect(await done).toEqual(['waits', { n: 1 }]);
});

test('a second process is refused, and a killed one leaves its jobs and no obstacle', async () => {
  const holder = otherProcess('hold', { url: undefined, dataDir, template });
  onTestFinished(holder.kill);
  expect(await holder.line()).toBe('held');

  const refused = otherProcess('hold', { url: undefined, dataDir, template });
  onTestFinished(refused.kill);
  expect(await refused.line()).toMatch(
    new RegExp(`Queue in ${dataDir}/queue: .* process ${holder.pid} on .* has it open; stop that process`),
  );
  expect(await refused.exit).toBe(3);

  await holder.kill();
  const startedAt = performance.now();
  const backend = await open();
  expect(performance.now() - startedAt).toBeLessThan(5000);
  expect((await backend.queue('other-process').getJob('held'))?.data).toEqual({ n: 1 });
});

test('the same process cannot open the folder twice', async () => {
  const first = await open();
  await expect(open()).rejects.toThrow(UnusableQueue);
  await first.close();
  await expect(open()).resolves.toMatchObject({ kind: 'pglite' });
});

test('a folder that cannot be used is named, and not locked', async () => {
  const inTheWay = join(dataDir, 'file');
  await writeFile(inTheWay, '');
  await expect(open(inTheWay)).rejects.toThrow(/Queue in .*\/queue: expected a folder that can be written/);

  const strange = join(dataDir, 'strange');
  await mkdir(join(strange, 'queue/pgdata'), { recursive: true });
  await writeFile(join(strange, 'queue/pgdata/PG_VERSION'), '9.6\n');
  await expect(open(strange)).rejects.toThrow(
    /Queue in .*\/queue: .*; correct DATA_DIR, or move the folder away/,
  );
  expect(await readdir(join(strange, 'queue'))).toEqual(['pgdata']);
});

test('what a process left that was killed while it made the database is made anew', async () => {
  const left = join(dataDir, 'left');
  await mkdir(join(left, 'queue/pgdata'), { recursive: true });
  await writeFile(join(left, 'queue/unfinished'), '');
  await writeFile(join(left, 'queue/pgdata/PG_VERSION'), 'half');
  const backend = await open(left);
  await backend.queue('q').add('x', {}, { jobId: 'kept' });
  await backend.close();
  expect((await readdir(join(left, 'queue'))).sort()).toEqual(['pgdata']);
  expect(await (await open(left)).queue('q').getJob('kept')).toMatchObject({ id: 'kept' });
});

test('without a template the database is made from nothing', async () => {
  template = join(dataDir, 'no such file');
  const backend = await open(join(dataDir, 'from-nothing'));
  expect(await backend.queue('q').add('x', {}, { jobId: 'first' })).toMatchObject({ id: 'first' });
});
