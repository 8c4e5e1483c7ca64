import { setTimeout as delay } from 'node:timers/promises';
import { UnrecoverableError } from 'bullmq';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  type JobProcessor,
  type JobWorker,
  type JobWorkerOptions,
  openQueueBackend,
  type QueueBackend,
} from '../../src/queue/backend.js';
import { otherProcess } from './process.js';
import { STORES, type TestStore } from './stores.js';
import { aborted, deferred, nextOf, nextTick } from './waiting.js';

// Databases and processes of their own start slowly on a busy machine; nothing here waits for time to pass.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Just short of the shortest poll: an awake reader needs a few milliseconds, but the machine may be busy. */
const PROMPT_MS = 900;

for (const { kind, missing, start } of STORES) {
  describe.skipIf(missing)(`queue backend on ${kind}`, () => {
    let store: TestStore;
    let backend: QueueBackend;
    const errors: string[] = [];

    beforeAll(async () => {
      store = await start();
      backend = await openQueueBackend({ ...store.where, onError: (error) => errors.push(String(error)) });
    });
    afterAll(async () => {
      await backend.close();
      await store.end();
      expect(errors).toEqual([]);
    });

    function work<Data, Result>(
      name: string,
      processor: JobProcessor<Data, Result>,
      options?: JobWorkerOptions,
    ): JobWorker<Data, Result> {
      const worker = backend.worker<Data, Result>(name, processor, options);
      onTestFinished(() => worker.close());
      return worker;
    }

    test('says what and where it is, without the password', () => {
      expect(backend.kind).toBe(kind);
      expect(backend.address).toMatch(
        { pglite: /\/queue$/, redis: /^redis:\/\/127[^@]+$/, postgres: /^postgres:\/\/127[^@]+\/postgres$/ }[
          kind
        ],
      );
    });

    test('a job with the id of another joins it', async () => {
      const queue = backend.queue<{ n: number }, null>('join');
      const first = await queue.add('x', { n: 1 }, { jobId: 'same' });
      const second = await queue.add('x', { n: 2 }, { jobId: 'same' });
      expect([first.id, second.id]).toEqual(['same', 'same']);
      expect(await queue.getJobCounts('waiting')).toEqual({ waiting: 1 });
      expect((await queue.getJob('same'))?.data).toEqual({ n: 1 });
    });

    test('progress and result reach the events, in order', async () => {
      const events = await backend.events('progress');
      const heard: unknown[] = [];
      events.on('progress', ({ jobId, data }) => heard.push([jobId, data]));
      const completed = nextOf(events, 'completed');
      work<object, { key: string }>('progress', async (job) => {
        await job.updateProgress({ done: 1, of: 2 });
        await job.updateProgress({ done: 2, of: 2 });
        return { key: 'result.png' };
      });
      const queue = backend.queue('progress');
      await queue.add('x', {}, { jobId: 'p' });
      expect(await completed).toMatchObject({ jobId: 'p', returnvalue: { key: 'result.png' } });
      expect(heard).toEqual([
        ['p', { done: 1, of: 2 }],
        ['p', { done: 2, of: 2 }],
      ]);
      const job = await queue.getJob('p');
      expect(await job?.getState()).toBe('completed');
      expect(job?.returnvalue).toEqual({ key: 'result.png' });
    });

    test('a job that fails is tried again, after a pause, and then reported with its reason', async () => {
      const events = await backend.events('retry');
      const failed = nextOf(events, 'failed');
      const startedAt: number[] = [];
      work('retry', () => {
        startedAt.push(performance.now());
        return Promise.reject(new Error(`attempt ${startedAt.length}`));
      });
      const queue = backend.queue('retry');
      await queue.add('x', {}, { jobId: 'r', attempts: 3, backoff: { type: 'exponential', delay: 100 } });
      expect(await failed).toMatchObject({ jobId: 'r', failedReason: 'attempt 3' });
      expect(startedAt).toHaveLength(3);
      const [first = 0, second = 0, third = 0] = startedAt;
      expect(second - first).toBeGreaterThanOrEqual(95);
      expect(third - second).toBeGreaterThanOrEqual(190);
      expect((await queue.getJob('r'))?.attemptsMade).toBe(3);
    });

    test('an unrecoverable failure is final at once', async () => {
      const events = await backend.events('final');
      const failed = nextOf(events, 'failed');
      let attempts = 0;
      work('final', () => {
        attempts += 1;
        return Promise.reject(new UnrecoverableError('not an image'));
      });
      const queue = backend.queue('final');
      await queue.add('x', {}, { jobId: 'f', attempts: 3 });
      expect(await failed).toMatchObject({ failedReason: 'not an image' });
      expect(await (await queue.getJob('f'))?.getState()).toBe('failed');
      expect(attempts).toBe(1);
    });

    test('cancelling aborts the signal of the job, and of no other', async () => {
      const events = await backend.events('cancel');
      const failed = nextOf(events, 'failed');
      const signals = new Map<string | undefined, AbortSignal | undefined>();
      const bothRun = deferred();
      const release = deferred();
      const worker = work(
        'cancel',
        async (job, _token, signal) => {
          signals.set(job.id, signal);
          if (signals.size === 2) bothRun.resolve();
          await Promise.race([release.promise, aborted(signal)]);
        },
        { concurrency: 2 },
      );
      const queue = backend.queue('cancel');
      await queue.add('x', {}, { jobId: 'stays' });
      await queue.add('x', {}, { jobId: 'goes' });
      await bothRun.promise;
      expect(worker.cancelJob('goes', 'changed my mind')).toBe(true);
      expect(worker.cancelJob('never-here')).toBe(false);
      expect(await failed).toMatchObject({ jobId: 'goes', failedReason: 'aborted: changed my mind' });
      expect(signals.get('stays')?.aborted).toBe(false);
      release.resolve();
    });

    test('a waiting job can be removed', async () => {
      const queue = backend.queue('remove');
      const job = await queue.add('x', {}, { jobId: 'gone' });
      await job.remove();
      expect(await queue.getJob('gone')).toBeUndefined();
      expect(await queue.getJobCounts('waiting')).toEqual({ waiting: 0 });
    });

    test('jobs are listed by state', async () => {
      const queue = backend.queue<{ fails: boolean }, null>('states');
      const events = await backend.events('states');
      const ended = Promise.all([nextOf(events, 'completed'), nextOf(events, 'failed')]);
      const worker = work<{ fails: boolean }, null>('states', (job) =>
        job.data.fails ? Promise.reject(new UnrecoverableError('no')) : Promise.resolve(null),
      );
      await queue.add('x', { fails: false }, { jobId: 'good' });
      await queue.add('x', { fails: true }, { jobId: 'bad' });
      await ended;
      await worker.close();

      const running = deferred();
      const release = deferred();
      work('states', async () => {
        running.resolve();
        await release.promise;
      });
      await queue.add('x', { fails: false }, { jobId: 'busy' });
      await running.promise;
      await queue.add('x', { fails: false }, { jobId: 'next' });
      await queue.add('x', { fails: false }, { jobId: 'later', delay: 60_000 });

      const idsIn = async (state: 'active' | 'completed' | 'delayed' | 'failed' | 'waiting') =>
        (await queue.getJobs(state)).map((job) => job.id);
      expect(await idsIn('completed')).toEqual(['good']);
      expect(await idsIn('failed')).toEqual(['bad']);
      expect(await idsIn('active')).toEqual(['busy']);
      expect(await idsIn('waiting')).toEqual(['next']);
      expect(await idsIn('delayed')).toEqual(['later']);
      const all = await queue.getJobs(['active', 'completed', 'delayed', 'failed', 'waiting']);
      expect(all.map((job) => job.id).sort()).toEqual(['bad', 'busy', 'good', 'later', 'next']);
      release.resolve();
    });

    test('new data of a job is seen by others', async () => {
      const queue = backend.queue<{ n: number }, null>('data');
      const job = await queue.add('x', { n: 1 }, { jobId: 'd' });
      await job.updateData({ n: 2 });
      expect((await backend.queue<{ n: number }, null>('data').getJob('d'))?.data).toEqual({ n: 2 });
    });

    test('a custom event reaches everybody who listens, by one reader', async () => {
      const readers = await Promise.all([backend.events('broadcast'), backend.events('broadcast')]);
      expect(readers[0]).toBe(readers[1]);
      const heard = readers.map(nextTick);
      await backend.eventsProducer('broadcast').publishEvent({ eventName: 'tick', n: 7 });
      expect(await Promise.all(heard)).toEqual([{ n: '7' }, { n: '7' }]);
    });

    test('each of many events arrives promptly, the first one too', async () => {
      const producer = backend.eventsProducer('prompt');
      await producer.waitUntilReady();
      const events = await backend.events('prompt');
      const lateness: number[] = [];
      for (let n = 0; n < 20; n += 1) {
        const heard = nextTick(events);
        const publishedAt = performance.now();
        await producer.publishEvent({ eventName: 'tick', n });
        expect(await heard).toEqual({ n: String(n) });
        lateness.push(performance.now() - publishedAt);
      }
      // The reader's own poll would bring each event too, only late: a lost wake-up shows here.
      expect(lateness.filter((ms) => ms > PROMPT_MS)).toEqual([]);
    });

    test('events of a burst of jobs all arrive', async () => {
      const events = await backend.events('burst');
      const completed = new Set<string>();
      const all = new Promise<void>((resolve) => {
        events.on('completed', ({ jobId }) => {
          completed.add(jobId);
          if (completed.size === 40) resolve();
        });
      });
      work('burst', () => delay(2), { concurrency: 8 });
      const queue = backend.queue('burst');
      await queue.addBulk(
        Array.from({ length: 40 }, (_, n) => ({ name: 'x', data: {}, opts: { jobId: `b${n}` } })),
      );
      await all;
    });

    test('answers a ping', async () => {
      await expect(backend.ping()).resolves.toBeUndefined();
    });

    test('once closed, nothing keeps the process alive, and nothing answers', async () => {
      // The embedded queue serves one process: these need a folder of their own.
      const own = await start();
      onTestFinished(own.end);
      const user = otherProcess('pass-through', own.where);
      expect(await user.line()).toBe('closed');
      expect(await user.exit).toBe(0);

      const closed = await openQueueBackend({ ...own.where, onError: (error) => errors.push(String(error)) });
      closed.worker('closing', () => Promise.resolve());
      await closed.close();
      await closed.close();
      await expect(closed.ping()).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
    });
  });
}
