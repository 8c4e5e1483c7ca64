import type { QueueEventsListener } from 'bullmq';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { QueueBackend } from '../../../src/queue/backend.js';
import { CANCEL_EVENT, SUPER_RESOLUTION } from '../../../src/jobs/shared/contract.js';
import type { JobState } from '../../../src/jobs/shared/job-state.js';
import { deferred, type Deferred } from '../../queue/waiting.js';
import { TILES, JobHarness } from '../job-harness.js';

let place: JobHarness;

beforeAll(async () => {
  place = await JobHarness.open();
});
afterAll(() => place.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await place.reset();
});

interface Held {
  /** When the tile is reached. */
  readonly reached: Promise<void>;
  readonly release: Deferred;
}

/** Has the tile of this number take until it is released. */
function holdTile(number: number): Held {
  const reached = deferred();
  const release = deferred();
  place.runner.after = async (kind, count) => {
    if (kind !== 'upscaleTile' || count !== number) return;
    reached.resolve();
    await release.promise;
  };
  return { reached: reached.promise, release };
}

interface CancelListener extends QueueEventsListener {
  [CANCEL_EVENT]: (event: { jobId: string }, id: string) => void;
}

/** Does what tells of a cancel, and resolves once the queue has told its listeners, the worker among them. */
async function aloud<T>(cancel: () => Promise<T>): Promise<T> {
  const events = await place.backend.events(SUPER_RESOLUTION);
  const heard = new Promise<void>((resolve) => {
    events.once<CancelListener, typeof CANCEL_EVENT>(CANCEL_EVENT, () => resolve());
  });
  const done = await cancel();
  await heard;
  return done;
}

/** Cancels a job of anna's. */
function cancelAloud(id: string): Promise<JobState> {
  return aloud(() => place.jobs.cancel('anna', id));
}

describe('canceling a job that runs', () => {
  test('is told at once, and the worker lets go of it before its next tile', async () => {
    const { id } = await place.submit(300);
    const { reached, release } = holdTile(2);
    const consumer = await place.work();
    await reached;
    expect(await cancelAloud(id)).toMatchObject({ status: 'CANCELED', result: null });
    expect(consumer.running).toBe(1);
    release.resolve();
    await vi.waitFor(() => expect(consumer.running).toBe(0), { timeout: 5000 });
    expect(place.runner.count('upscaleTile')).toBe(2);
    expect(await place.jobs.get('anna', id)).toMatchObject({ status: 'CANCELED', failure: null });
  });

  test('is not a failure', async () => {
    const { id } = await place.submit(301);
    const { reached, release } = holdTile(1);
    const consumer = await place.work();
    await reached;
    await cancelAloud(id);
    release.resolve();
    await vi.waitFor(() => expect(consumer.running).toBe(0), { timeout: 5000 });
    expect(place.failures).toEqual([]);
  });

  test('does not end it when the word of it comes late, after a retry', async () => {
    const { id } = await place.submit(304);
    const { reached, release } = holdTile(2);
    await place.work();
    await reached;
    const producer = place.backend.eventsProducer(SUPER_RESOLUTION);
    await aloud(() => producer.publishEvent({ eventName: CANCEL_EVENT, jobId: id }));
    release.resolve();
    await place.reached(id, 'COMPLETED');
    // It was not begun anew.
    expect(place.runner.count('restoreTile')).toBe(0);
  });

  test('does not let the same request in before the worker has let go of it', async () => {
    const { id } = await place.submit(302);
    const { reached, release } = holdTile(1);
    const consumer = await place.work();
    await reached;
    await cancelAloud(id);
    const tooEarly = {
      code: 'BAD_USER_INPUT',
      message: `Job ${id} is still being stopped. Try again in a moment.`,
    };
    await expect(place.submit(302)).rejects.toMatchObject(tooEarly);
    await expect(place.jobs.retry('anna', id)).rejects.toMatchObject(tooEarly);
    release.resolve();
    await vi.waitFor(() => expect(consumer.running).toBe(0), { timeout: 5000 });
    await vi.waitFor(async () => expect(await place.queue.getJobState(id)).toBe('failed'), {
      timeout: 5000,
    });
    expect(await place.submit(302)).toMatchObject({ id });
    await place.reached(id, 'COMPLETED');
  });

  test('keeps its tiles for a retry', async () => {
    const { id } = await place.submit(303);
    const { reached, release } = holdTile(3);
    const consumer = await place.work();
    await reached;
    await cancelAloud(id);
    release.resolve();
    await vi.waitFor(() => expect(consumer.running).toBe(0), { timeout: 5000 });
    await vi.waitFor(async () => expect(await place.queue.getJobState(id)).toBe('failed'), {
      timeout: 5000,
    });
    const before = place.runner.count('upscaleTile');
    expect((await place.jobs.retry('anna', id)).finishedAt).toBeNull();
    await place.reached(id, 'COMPLETED');
    expect(place.runner.count('restoreTile')).toBe(before);
    expect(place.runner.count('upscaleTile')).toBe(TILES);
  });
});

test('a job that was canceled while it waited is never begun', async () => {
  const { id } = await place.submit(310);
  await place.jobs.cancel('anna', id);
  await place.work();
  await vi.waitFor(async () => expect(await place.queue.getJobState(id)).toBe('failed'), { timeout: 5000 });
  expect(place.runner.count('openShared')).toBe(0);
  expect(await place.jobs.get('anna', id)).toMatchObject({ status: 'CANCELED', failure: null });
});

test('a job that is retried while a worker ends it as canceled is done all the same', async () => {
  const { id } = await place.submit(311);
  await place.jobs.cancel('anna', id);
  const begun = deferred();
  const read = deferred();
  const failed = deferred();
  // Retried when nobody has it, and a worker takes it up before the cancel is taken back.
  const { index } = place.backend;
  const put = index.put.bind(index);
  vi.spyOn(index, 'put').mockImplementation(async (entry) => {
    if (entry.status === 'QUEUED') {
      begun.resolve();
      await read.promise;
    }
    await put(entry);
  });
  const retried = place.jobs.retry('anna', id);
  await begun.promise;
  await place.work({}, withSlowReads(read, failed));
  expect((await retried).status).toMatch(/QUEUED|RUNNING/);
  const states = place.until(id, 'COMPLETED');
  failed.resolve();
  expect((await states).map(({ status }) => status)).not.toContain('CANCELED');
});

/** A queue whose jobs come late: they are as they were when `read` resolved, and come when `release` does. */
function withSlowReads(read: Deferred, release: Deferred): QueueBackend {
  return {
    ...place.backend,
    queue: <Data, Result>(name: string) => {
      const queue = place.backend.queue<Data, Result>(name);
      const getJob = queue.getJob.bind(queue);
      vi.spyOn(queue, 'getJob').mockImplementation(async (jobId) => {
        const job = await getJob(jobId);
        read.resolve();
        await release.promise;
        return job;
      });
      return queue;
    },
  };
}

describe('a worker that stops', () => {
  test('gives its job back after the tile that it is at', async () => {
    const { id } = await place.submit(320);
    const { reached, release } = holdTile(3);
    const consumer = await place.work();
    await reached;
    const stopped = consumer.stop();
    release.resolve();
    await stopped;
    expect(consumer.running).toBe(0);
    expect(place.runner.count('upscaleTile')).toBe(3);
    expect(await place.jobs.get('anna', id)).toMatchObject({ status: 'QUEUED', position: 0, failure: null });
    expect(place.failures).toEqual([]);
  });

  test('leaves nothing to do twice for the one that takes its job over', async () => {
    const { id } = await place.submit(321);
    const { reached, release } = holdTile(3);
    const first = await place.work();
    await reached;
    const stopped = first.stop();
    release.resolve();
    await stopped;
    await place.work();
    expect((await place.reached(id, 'COMPLETED')).failure).toBeNull();
    expect(place.runner.count('upscaleTile')).toBe(TILES);
    expect(place.runner.count('restoreTile')).toBe(3);
  });

  test('has cleared away the tiles of the job that it has just ended', async () => {
    const { id } = await place.submit(323);
    const clearing = deferred();
    const release = deferred();
    const deletePrefix = place.store.deletePrefix.bind(place.store);
    vi.spyOn(place.store, 'deletePrefix').mockImplementation(async (prefix) => {
      clearing.resolve();
      await release.promise;
      await deletePrefix(prefix);
    });
    const consumer = await place.work();
    await place.reached(id, 'COMPLETED');
    await clearing.promise;
    const stopped = consumer.stop().then(() => 'stopped');
    // One that has nothing to do takes as long to start and to stop.
    await (await place.work()).stop();
    expect(await Promise.race([stopped, Promise.resolve('not yet')])).toBe('not yet');
    release.resolve();
    await stopped;
    const stored: string[] = [];
    for await (const key of place.store.list(`jobs/${id}`)) stored.push(key);
    expect(stored.filter((key) => key.includes('/tiles-'))).toEqual([]);
  });

  test('can be told to stop twice', async () => {
    const consumer = await place.work();
    await consumer.stop();
    await expect(consumer.stop()).resolves.toBeUndefined();
  });

  test('takes no more jobs', async () => {
    const consumer = await place.work();
    await consumer.stop();
    const { id } = await place.submit(322);
    expect(await place.jobs.get('anna', id)).toMatchObject({ status: 'QUEUED' });
    expect(place.runner.count('openShared')).toBe(0);
  });
});
