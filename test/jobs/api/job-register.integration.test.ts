import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { JobIndex, JobQueue, QueueBackend } from '../../../src/queue/backend.js';
import { SUPER_RESOLUTION, type JobPayload, type JobResult } from '../../../src/jobs/shared/contract.js';
import type { JobStatus } from '../../../src/jobs/shared/job-state.js';
import type { SuperResolutionJobs } from '../../../src/jobs/api/super-resolution-jobs.js';
import { STORES } from '../../queue/stores.js';
import { openStand } from '../../queue/embedded.js';
import { payload, result } from '../states.js';
import { openJobs, JobHarness } from '../job-harness.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const NONE = { QUEUED: 0, RUNNING: 0, COMPLETED: 0, FAILED: 0, CANCELED: 0 };
const PAGE = { first: 5, after: undefined, status: undefined, search: undefined };

for (const { kind, missing, start } of STORES) {
  describe.skipIf(missing)(`an owner's jobs on ${kind}`, () => {
    let place: JobHarness;
    let index: JobIndex;

    beforeAll(async () => {
      place = await JobHarness.open(await openStand(await start()));
      ({ index } = place.backend);
    });
    afterAll(() => place.close());
    afterEach(async () => {
      await place.reset();
      for (const owner of ['anna', 'bert']) {
        for (const { id } of await index.page(owner, { status: undefined, after: undefined, limit: 1000 }))
          await index.drop(id);
      }
    });

    async function ids(jobs: SuperResolutionJobs, status?: JobStatus): Promise<string[]> {
      const page = await jobs.list('anna', { ...PAGE, status });
      expect(page.totalCount).toBe(page.jobs.length);
      return page.jobs.map(({ state }) => state.id);
    }

    /** Jobs in the hands of another process, which does not look after what is queued here. */
    async function opened(more: Parameters<typeof openJobs>[2] = {}): Promise<SuperResolutionJobs> {
      const jobs = await openJobs(place, place.store, more);
      onTestFinished(() => jobs.close());
      return jobs;
    }

    test('are counted by status, through their whole lives', async () => {
      const { jobs } = place;
      expect(await jobs.counts('anna')).toEqual(NONE);
      const [first, second] = [await place.submit(1), await place.submit(2)];
      await place.submit(2, { owner: 'bert' });
      expect(await jobs.counts('anna')).toEqual({ ...NONE, QUEUED: 2 });
      await jobs.cancel('anna', second.id);
      expect(await jobs.counts('anna')).toEqual({ ...NONE, QUEUED: 1, CANCELED: 1 });
      await place.work();
      await place.reached(first.id, 'COMPLETED');
      await vi.waitFor(async () =>
        expect(await jobs.counts('anna')).toEqual({ ...NONE, COMPLETED: 1, CANCELED: 1 }),
      );
      expect(await ids(jobs, 'CANCELED')).toEqual([second.id]);
      await jobs.retry('anna', second.id);
      await place.reached(second.id, 'COMPLETED');
      await vi.waitFor(async () => expect(await jobs.counts('anna')).toEqual({ ...NONE, COMPLETED: 2 }));
      await jobs.remove('anna', first.id);
      expect(await jobs.counts('anna')).toEqual({ ...NONE, COMPLETED: 1 });
      expect(await ids(jobs)).toEqual([second.id]);
    });

    test('are found that an earlier version has queued', async () => {
      const id = await queuedWithoutEntry(place.queue, 'a');
      vi.spyOn(index, 'isBuilt').mockResolvedValueOnce(false);
      expect(await ids(await opened())).toEqual([id]);
    });

    test('do not have one that was entered and never queued', async () => {
      const { id } = await place.submit(10);
      await index.put({ ...entryOf('sr-lost', 'QUEUED'), createdAt: Date.now() + 1000 });
      expect(await ids(place.jobs)).toEqual([id]);
      await index.put(entryOf('sr-lost', 'QUEUED'));
      await swept();
      expect(await place.jobs.counts('anna')).toEqual({ ...NONE, QUEUED: 1 });
    });

    test('are right again after their end was seen by nobody', async () => {
      await place.submit(11);
      const worker = place.backend.worker<JobPayload, JobResult>(
        SUPER_RESOLUTION,
        () => Promise.reject(new Error('Run by hand')),
        { autorun: false },
      );
      const taken = await worker.getNextJob('token');
      await taken.moveToCompleted(result(), 'token', false);
      await vi.waitFor(async () =>
        expect(await place.jobs.counts('anna')).toEqual({ ...NONE, COMPLETED: 1 }),
      );
      // As a process that was killed before it could write that down leaves it.
      await index.put(entryOf(taken.id ?? '', 'RUNNING'));
      await swept();
      expect(await place.jobs.counts('anna')).toEqual({ ...NONE, COMPLETED: 1 });
      await worker.close();
    });

    test('do not have those that the queue has forgotten by itself', async () => {
      const { id } = await place.submit(12);
      for (const n of [1, 2, 3]) {
        const gone = { ...entryOf(`sr-gone-${n}`, 'COMPLETED'), createdAt: Date.now() + n };
        await index.put({ ...gone, endedAt: Date.now() });
      }
      const page = await place.jobs.list('anna', { ...PAGE, first: 2 });
      expect(page.jobs.map(({ state }) => state.id)).toEqual([id]);
      expect(page).toMatchObject({ hasNextPage: false, totalCount: 1 });
    });

    test('are kept until their time is over, and forgotten then', async () => {
      const { jobs } = place;
      for (const seed of [20, 21, 22]) {
        const { id } = await place.submit(seed);
        await jobs.cancel('anna', id);
      }
      const waiting = await place.submit(23);
      const [, second, third, first] = (await jobs.list('anna', PAGE)).jobs.map(({ state }) => state.id);
      await swept({ ttlMs: 60_000 });
      expect(await jobs.counts('anna')).toEqual({ ...NONE, QUEUED: 1, CANCELED: 3 });
      expect(await ids(jobs)).toEqual([waiting.id, second, third, first]);
      await swept({ ttlMs: 0 });
      expect(await ids(jobs)).toEqual([waiting.id]);
      expect(await jobs.get('anna', second ?? '')).toBeNull();
    });

    test('cost the same to list and to count, however many there are', async () => {
      const calls: string[] = [];
      const jobs = await openJobs({ backend: counting(place.backend, calls) }, place.store);
      // Others go on looking after the index: only what is asked for here counts.
      await jobs.close();
      const costs = async () => {
        const from = calls.length;
        const first = await jobs.list('anna', PAGE);
        await jobs.list('anna', { ...PAGE, after: first.jobs.at(-1)?.cursor });
        await jobs.list('anna', { ...PAGE, status: 'QUEUED' });
        await jobs.list('anna', { ...PAGE, search: 'fruit' });
        await jobs.counts('anna');
        return calls.slice(from).sort();
      };
      const queue = (count: number) =>
        Promise.all(
          Array.from({ length: count }, async () => {
            const id = `sr-${String(calls.length).padStart(8, '0')}${'0'.repeat(24)}`;
            calls.push('a new job');
            const createdAt = Date.now();
            await index.put({ ...entryOf(id, 'QUEUED'), createdAt, name: 'fruit.jpg' });
            await place.queue.add('upscale', payload({ name: 'fruit.jpg' }), {
              jobId: id,
              timestamp: createdAt,
            });
          }),
        );
      await queue(12);
      const ofFew = await costs();
      expect(ofFew.length).toBeGreaterThan(40);
      await queue(300);
      expect(await costs()).toEqual(ofFew);
      expect((await jobs.counts('anna')).QUEUED).toBe(312);
    });

    /** A sweep, as another process makes it when it starts. */
    async function swept(more: Parameters<typeof openJobs>[2] = {}): Promise<void> {
      const jobs = await openJobs(place, place.store, more);
      await jobs.close();
    }
  });
}

function entryOf(id: string, status: JobStatus) {
  const endedAt = status === 'QUEUED' || status === 'RUNNING' ? null : 1;
  return { id, owner: 'anna', status, createdAt: 1000, endedAt, name: '' };
}

async function queuedWithoutEntry(queue: JobQueue, digit: string): Promise<string> {
  const id = `sr-${digit.repeat(32)}`;
  await queue.add('upscale', payload(), { jobId: id });
  return id;
}

/** A backend that tells what is asked of its queues and its index: each a round trip, or a few. */
function counting(backend: QueueBackend, calls: string[]): QueueBackend {
  function counted<T extends object>(thing: T): T {
    return new Proxy(thing, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]): unknown => {
          calls.push(String(name));
          return Reflect.apply(member, target, args);
        };
      },
    });
  }
  return {
    ...backend,
    index: counted(backend.index),
    queue: <Data, Result>(name: string, options = {}) => counted(backend.queue<Data, Result>(name, options)),
  };
}
