import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openQueueBackend, type QueueBackend } from '../../src/queue/backend.js';
import type { IndexEntry, JobIndex } from '../../src/queue/job-index.js';
import { STORES, type TestStore } from './stores.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const STATUSES = ['QUEUED', 'COMPLETED', 'FAILED'] as const;

function entry(more: Partial<IndexEntry> & Pick<IndexEntry, 'id' | 'owner'>): IndexEntry {
  const status = more.status ?? 'COMPLETED';
  return { status, createdAt: 1000, endedAt: status === 'QUEUED' ? null : 2000, name: '', ...more };
}

for (const { kind, missing, start } of STORES) {
  describe.skipIf(missing)(`the index of jobs on ${kind}`, () => {
    let store: TestStore;
    let backend: QueueBackend;
    let index: JobIndex;

    beforeAll(async () => {
      store = await start();
      backend = await openQueueBackend({ ...store.where, onError: console.error });
      ({ index } = backend);
    });
    afterAll(async () => {
      await backend.close();
      await store.end();
    });

    const ids = async (owner: string, more: Partial<Parameters<JobIndex['page']>[1]> = {}) =>
      (await index.page(owner, { status: undefined, after: undefined, limit: 100, ...more })).map(
        ({ id }) => id,
      );

    test('has an owner’s jobs, the newest first, those of one moment by their ids', async () => {
      const owner = 'order: of "jobs"';
      for (const [id, createdAt] of [
        ['b', 5],
        ['c', 5],
        ['a', 5],
        ['old', 4],
        ['new', 1_700_000_000_000],
      ] as const)
        await index.put(entry({ id: `o-${id}`, owner, createdAt }));
      expect(await ids(owner)).toEqual(['o-new', 'o-c', 'o-b', 'o-a', 'o-old']);
      expect(await ids(owner, { limit: 2 })).toEqual(['o-new', 'o-c']);
      expect(await ids(owner, { after: { createdAt: 5, id: 'o-c' } })).toEqual(['o-b', 'o-a', 'o-old']);
      expect(await ids(owner, { after: { createdAt: 4, id: 'o-old' } })).toEqual([]);
      expect(await ids('somebody else')).toEqual([]);
    });

    test('has them by status, with their names, and counts them', async () => {
      await index.put(entry({ id: 's-1', owner: 'status', status: 'QUEUED', name: 'äpfel 🍎.png' }));
      await index.put(entry({ id: 's-2', owner: 'status', status: 'FAILED' }));
      await index.put(entry({ id: 's-3', owner: 'status', status: 'FAILED', createdAt: 999 }));
      expect(await ids('status', { status: 'FAILED' })).toEqual(['s-2', 's-3']);
      expect(await index.page('status', { status: 'QUEUED', after: undefined, limit: 9 })).toEqual([
        { id: 's-1', createdAt: 1000, name: 'äpfel 🍎.png' },
      ]);
      expect(await index.counts('status', STATUSES)).toEqual({ QUEUED: 1, COMPLETED: 0, FAILED: 2 });
    });

    test('has a job once, as it was put last', async () => {
      const job = entry({ id: 'm-1', owner: 'moved', status: 'QUEUED' });
      await index.put(job);
      await index.put(job);
      expect(await index.unfinished()).toContainEqual(['m-1', 'QUEUED']);
      await index.put({ ...job, status: 'COMPLETED', endedAt: 2000, createdAt: 1001 });
      expect(await ids('moved')).toEqual(['m-1']);
      expect(await ids('moved', { status: 'QUEUED' })).toEqual([]);
      expect(await index.counts('moved', STATUSES)).toEqual({ QUEUED: 0, COMPLETED: 1, FAILED: 0 });
      expect([...(await index.unfinished()).keys()]).not.toContain('m-1');
    });

    test('forgets a job, and does not mind one that it does not know', async () => {
      await index.put(entry({ id: 'd-1', owner: 'dropped' }));
      await index.drop('d-1');
      await index.drop('d-1');
      expect(await ids('dropped')).toEqual([]);
      expect(await index.counts('dropped', STATUSES)).toEqual({ QUEUED: 0, COMPLETED: 0, FAILED: 0 });
    });

    test('keeps its counts when many change at once', async () => {
      const jobs = Array.from({ length: 40 }, (_, n) => entry({ id: `c-${n}`, owner: `crowd ${n % 2}` }));
      const moves = STATUSES.flatMap((status) => jobs.map((job) => ({ ...job, status })));
      await Promise.all([...moves, ...moves.reverse()].map((job) => index.put(job)));
      await Promise.all(jobs.map((job) => index.put({ ...job, status: 'FAILED' })));
      for (const owner of ['crowd 0', 'crowd 1'])
        expect(await index.counts(owner, STATUSES)).toEqual({ QUEUED: 0, COMPLETED: 0, FAILED: 20 });
    });

    test('tells which ended too long ago, the oldest first', async () => {
      const present = await index.outdated({ before: Number.MAX_SAFE_INTEGER, limit: 1000 });
      for (const id of present) await index.drop(id);
      await index.put(entry({ id: 'e-0', owner: 'ended', status: 'QUEUED' }));
      for (const n of [3, 1, 2]) await index.put(entry({ id: `e-${n}`, owner: 'ended', endedAt: n }));
      expect(await index.outdated({ before: 3, limit: 9 })).toEqual(['e-1', 'e-2']);
      expect(await index.outdated({ before: 3, limit: 1 })).toEqual(['e-1']);
      expect(await index.outdated({ before: 0, limit: 9 })).toEqual([]);
      expect(await index.outdated({ before: 4, limit: 9 })).toEqual(['e-1', 'e-2', 'e-3']);
    });

    test('knows whether it was ever built', async () => {
      expect(await index.isBuilt()).toBe(false);
      await index.built();
      await index.built();
      expect(await index.isBuilt()).toBe(true);
    });

    test('averages are shared, and follow what is measured', async () => {
      const { averages } = backend;
      expect(await averages.read(['none'])).toEqual(new Map());
      expect(await averages.read([])).toEqual(new Map());
      for (const value of [2, 4]) await averages.add('pace', value);
      await averages.add('other', 0.5);
      expect(await averages.read(['pace', 'none', 'other'])).toEqual(
        new Map([
          ['pace', 3],
          ['other', 0.5],
        ]),
      );
      for (let n = 0; n < 60; n += 1) await averages.add('pace', 10);
      expect((await averages.read(['pace'])).get('pace')).toBeCloseTo(10, 1);
    });
  });
}
