/** The embedded queue on a disk without room: refused for that reason, never stuck, and whole again with room. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { openQueueBackend, type QueueBackend } from '../../src/queue/backend.js';
import { EmbeddedDatabase } from '../../src/queue/embedded-database.js';
import { createQueueBackend } from '../../src/queue/create-queue-backend.js';
import { pgliteStore } from '../../src/queue/pglite.js';
import { openInThread } from '../../src/queue/threaded-session.js';
import { mountSmallDisk, type SmallDisk } from '../kit/small-disk.js';
import { queueTemplate } from './stores.js';
import { nextOf } from './waiting.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe.skipIf(inject('mayMount') === null)('the embedded queue on a full disk', () => {
  let disk: SmallDisk;
  let template: string;
  beforeEach(async () => {
    template = await queueTemplate();
    disk = await mountSmallDisk('100m');
  });
  afterEach(() => disk.unmount());

  function open(): Promise<QueueBackend> {
    return openQueueBackend({ url: undefined, dataDir: disk.path, template, onError: () => undefined });
  }

  it('says so, and works again once there is room', async () => {
    const backend = await open();
    await backend.check();
    await disk.fill();
    await expect(backend.check()).rejects.toMatchObject({
      code: 'QUEUE_UNAVAILABLE',
      message: expect.stringMatching(/its disk is full/) as unknown,
    });
    await disk.free();
    await backend.check();
    await backend.close();
  });

  it('survives that PostgreSQL panics for want of room for its log', async () => {
    const folder = join(disk.path, 'queue');
    await mkdir(folder);
    const openFiles = () => openInThread({ folder, template });
    const database = new EmbeddedDatabase(await openFiles(), folder, openFiles);
    const backend = createQueueBackend(
      pgliteStore(database, () => Promise.resolve()),
      () => undefined,
    );
    const events = await backend.events('q');
    const queue = backend.queue<object, string>('q');
    await queue.add('x', {}, { jobId: 'before' });
    await disk.fill();
    await expect(fillLog(database)).rejects.toMatchObject({ severity: 'PANIC' });
    await expect(backend.check()).rejects.toThrow(/its disk is full/);
    await expect(queue.getJob('before')).rejects.toThrow();
    await expect(backend.ping()).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });

    await disk.free();
    await expect.poll(() => backend.check().then(() => 'works'), { timeout: 30_000 }).toBe('works');
    const completed = nextOf(events, 'completed');
    backend.worker<object, string>('q', () => Promise.resolve('done'));
    expect(await completed).toMatchObject({ jobId: 'before', returnvalue: 'done' });
    await backend.close();
  });
});

/** Until the segment of the log that is being written has no room, and there is none for the next one. */
async function fillLog(database: EmbeddedDatabase): Promise<void> {
  for (let n = 0; n < 1000; n += 1) {
    await database.query("SELECT pg_logical_emit_message(true, 'test', repeat('x', 100000))");
  }
}
