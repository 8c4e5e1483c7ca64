import { readdir } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { CodedError, type ErrorCode } from '../../src/errors.js';
import type { Submission } from '../../src/jobs/api/super-resolution-jobs.js';
import type { JobState } from '../../src/jobs/shared/job-state.js';
import { maxDifference } from '../kit/pictures.js';
import { STORES } from '../queue/stores.js';
import { openStand } from '../queue/embedded.js';
import { pictureFile, JobHarness } from './job-harness.js';

/** Six by five tiles: eight chunks. */
const LARGE = { width: 90, height: 70 };
const TILES = 30;
const CHUNKS = 8;

for (const { kind, missing, start } of STORES) {
  describe.skipIf(missing)(`on ${kind}`, () => {
    let place: JobHarness;

    beforeAll(async () => {
      place = await JobHarness.open(await openStand(await start()));
    });
    afterAll(() => place.close());
    afterEach(() => place.reset());

    async function large(seed: number): Promise<Pick<Submission, 'image' | 'input'>> {
      const image = await pictureFile(seed, LARGE);
      const { input } = await place.submission(seed, { image });
      return { image, input: { ...input, ...LARGE } };
    }

    async function submit(seed: number): Promise<JobState> {
      return place.submit(seed, await large(seed));
    }

    async function pixelsOf({ result }: JobState): Promise<Buffer> {
      return sharp(await place.store.get(result?.key ?? ''))
        .removeAlpha()
        .raw()
        .toBuffer();
    }

    function expectEachTileOnce(): void {
      expect([new Set(place.tiles).size, place.tiles.length]).toEqual([TILES, TILES]);
    }

    /** Holds a worker back at a request of the runner, until it is let go on. */
    function holdAt(kind: 'upscaleTile' | 'encodeCanvas', count: number) {
      const gate = new EventTarget();
      const reached = new Promise<void>((resolve) => {
        place.runner.before = async (asked, times) => {
          if (asked !== kind || times !== count) return;
          resolve();
          await new Promise((go) => gate.addEventListener('go', go, { once: true }));
        };
      });
      return { reached, letGo: () => gate.dispatchEvent(new Event('go')) };
    }

    describe('a large picture', () => {
      test('is divided, and its tiles together are what one tile would be', async () => {
        const { id } = await submit(300);
        const whole = await place.inOneTile(300, await large(300));
        const states = place.until(id, 'COMPLETED');
        const worker = await place.work();
        const seen = await states;
        const done = seen.map(({ progress }) => progress.tilesDone);
        expect(done).toEqual([...done].sort((a, b) => a - b));
        expect(seen.at(-1)).toMatchObject({
          attempts: 1,
          progress: { tilesDone: TILES, tilesTotal: TILES },
          result: { width: LARGE.width * 4, height: LARGE.height * 4, format: 'PNG' },
        });
        const last = seen.at(-1);
        expect(last?.startedAt?.getTime()).toBeLessThan(last?.finishedAt?.getTime() ?? 0);
        const inOne = await pixelsOf(await place.reached(whole.id, 'COMPLETED'));
        expect(
          maxDifference(await pixelsOf(await place.reached(id, 'COMPLETED')), inOne),
        ).toBeLessThanOrEqual(1);
        expect(await place.chunks.getJobCountByTypes('completed')).toBe(CHUNKS);
        expect(place.runner.count('encodeCanvas')).toBe(1);

        await worker.stop();
        const stored: string[] = [];
        for await (const key of place.store.list(`jobs/${id}`)) stored.push(key.split('/').at(-1) ?? '');
        expect(stored).toEqual([expect.stringMatching(/^input-/), expect.stringMatching(/^output-/)]);
        expect(await readdir(place.scratchDir)).toEqual([]);
      });

      test('that is sent again while it is divided is the same job', async () => {
        const { id } = await submit(301);
        const { reached, letGo } = holdAt('upscaleTile', 5);
        await place.work();
        await reached;
        expect(await submit(301)).toMatchObject({ id, status: 'RUNNING', progress: { tilesDone: 4 } });
        letGo();
        await place.reached(id, 'COMPLETED');
        expectEachTileOnce();
      });

      test('goes on in another worker, and no tile is done twice', async () => {
        const { id } = await submit(302);
        const { reached, letGo } = holdAt('upscaleTile', 11);
        const first = await place.work();
        await reached;
        const stopped = first.stop();
        letGo();
        await stopped;
        const left = await place.jobs.get('anna', id);
        expect(left).toMatchObject({ status: 'RUNNING', progress: { tilesDone: 10 } });
        await place.work();
        const { startedAt } = await place.reached(id, 'COMPLETED');
        expect(startedAt).toEqual(left?.startedAt);
        expectEachTileOnce();
      });

      test('is stitched again, and no tile done again, when the stitching failed', async () => {
        const { id } = await submit(303);
        place.runner.before = (kind, count) =>
          kind === 'encodeCanvas' && count === 1 ? Promise.reject(new Error('No room')) : Promise.resolve();
        await place.work();
        await place.reached(id, 'COMPLETED');
        expect(place.runner.count('encodeCanvas')).toBe(2);
        expectEachTileOnce();
        expect(await readdir(place.scratchDir)).toEqual([]);
      });

      test('is enlarged anew where a tile was lost', async () => {
        const { id } = await submit(304);
        place.runner.after = async (kind, count) => {
          if (kind !== 'startCanvas' || count !== 1) return;
          for await (const key of place.store.list(`jobs/${id}`))
            if (key.endsWith('/0_0_15_14.png')) await place.store.delete(key);
        };
        await place.work();
        await place.reached(id, 'COMPLETED');
        expect(place.tiles).toHaveLength(TILES + 1);
      });

      test('has small payloads and events, however many tiles it has', async () => {
        const events = await Promise.all([
          place.backend.events('super-resolution'),
          place.backend.events('super-resolution-tiles'),
        ]);
        const sizes: number[] = [];
        for (const stream of events)
          for (const name of ['added', 'waiting', 'active', 'progress', 'completed'] as const)
            stream.on(name, (event: object) => void sizes.push(JSON.stringify(event).length));
        const { id } = await submit(305);
        await place.work();
        await place.reached(id, 'COMPLETED');
        expect(Math.max(...sizes)).toBeLessThan(1024);
        const jobs = [await place.queue.getJob(id), ...(await place.chunks.getJobs(['completed']))];
        expect(jobs).toHaveLength(1 + CHUNKS);
        for (const job of jobs) expect(JSON.stringify(job?.asJSON()).length).toBeLessThan(4096);
      });
    });

    describe('a chunk that fails', () => {
      test('for a passing reason is tried again', async () => {
        const { id } = await submit(310);
        place.runner.before = (kind, count) =>
          kind === 'upscaleTile' && count === 3 ? Promise.reject(new Error('A hiccup')) : Promise.resolve();
        await place.work();
        const { attempts } = await place.reached(id, 'COMPLETED');
        expect(attempts).toBe(1);
        expectEachTileOnce();
      });

      test('for good makes its picture fail for the same reason', async () => {
        const { id, payload } = await submit(311);
        const { reached, letGo } = holdAt('upscaleTile', 1);
        const first = await place.work();
        await reached;
        const stopped = first.stop();
        letGo();
        await stopped;
        await place.store.delete(payload.input.key);
        // A worker that has not opened the picture yet.
        await place.work();
        expect((await place.reached(id, 'FAILED')).failure).toEqual({
          code: 'BAD_USER_INPUT',
          message: 'The image of this job is no longer kept. Send it again as a new job.',
        });
      });

      test('after a retry makes its picture fail for the reason that it has now', async () => {
        const { id } = await submit(313);
        const failWith = (code: ErrorCode) => {
          place.runner.before = (kind) =>
            kind === 'upscaleTile' ? Promise.reject(new CodedError(code, 'For a test.')) : Promise.resolve();
        };
        failWith('BAD_IMAGE');
        await place.work();
        expect((await place.reached(id, 'FAILED')).failure?.code).toBe('BAD_IMAGE');
        failWith('IMAGE_TOO_LARGE');
        await place.jobs.retry('anna', id);
        expect((await place.reached(id, 'FAILED')).failure?.code).toBe('IMAGE_TOO_LARGE');
      });

      test('again and again makes its picture fail, and a retry does only what is missing', async () => {
        const { id } = await submit(312);
        let broken = true;
        place.runner.before = (kind) =>
          kind === 'upscaleTile' && broken && place.runner.count('upscaleTile') > 20
            ? Promise.reject(new Error('Out of order'))
            : Promise.resolve();
        await place.work();
        // Three attempts of three of its chunks, with pauses that grow: the queue is told to end it at once instead.
        await vi.waitFor(
          async () => expect(await place.chunks.getJobCountByTypes('delayed')).toBeGreaterThan(0),
          20_000,
        );
        await place.jobs.cancel('anna', id);
        await place.reached(id, 'CANCELED');
        broken = false;
        expect((await place.jobs.retry('anna', id)).status).not.toBe('CANCELED');
        await place.reached(id, 'COMPLETED');
        expectEachTileOnce();
      });
    });

    describe('canceling a large picture', () => {
      test('ends what runs and drops what waits, and a retry goes on from there', async () => {
        const { id } = await submit(320);
        const { reached, letGo } = holdAt('upscaleTile', 6);
        await place.work();
        await reached;
        expect(await place.jobs.cancel('anna', id)).toMatchObject({ status: 'CANCELED' });
        expect(await place.chunks.getJobCountByTypes('waiting', 'delayed')).toBe(0);
        letGo();
        // Asked for while a worker still has a chunk of it: it waits for that.
        const retried = await place.jobs.retry('anna', id);
        expect(retried.status).toMatch(/QUEUED|RUNNING/);
        await place.reached(id, 'COMPLETED');
        expectEachTileOnce();
      });

      test('while it is stitched keeps it canceled, and costs no tile', async () => {
        const { id } = await submit(322);
        const { reached, letGo } = holdAt('encodeCanvas', 1);
        await place.work();
        await reached;
        await place.jobs.cancel('anna', id);
        letGo();
        await vi.waitFor(async () => expect(await place.queue.getJobState(id)).toBe('failed'));
        expect(await place.jobs.get('anna', id)).toMatchObject({
          status: 'CANCELED',
          result: null,
          progress: { tilesDone: TILES },
        });
        await place.jobs.retry('anna', id);
        await place.reached(id, 'COMPLETED');
        expectEachTileOnce();
      });

      test('and retrying it never takes back what was told of its progress', async () => {
        const { id } = await submit(323);
        const { reached, letGo } = holdAt('upscaleTile', 15);
        await place.work();
        await reached;
        const told = [await place.jobs.get('anna', id), await place.jobs.cancel('anna', id)];
        letGo();
        told.push(await place.jobs.retry('anna', id), ...(await place.until(id, 'COMPLETED')));
        const done = told.map((state) => state?.progress.tilesDone ?? 0);
        expect(done[0]).toBe(14);
        expect(done).toEqual([...done].sort((a, b) => a - b));
      });

      test('makes room for several at once who send it again or retry it', async () => {
        const { id } = await submit(324);
        await place.jobs.cancel('anna', id);
        const again = await Promise.all([submit(324), submit(324), submit(324)]);
        expect(again.map((state) => [state.id, state.status])).toEqual(again.map(() => [id, 'QUEUED']));
        await place.jobs.cancel('anna', id);
        const retries = await Promise.allSettled([1, 2, 3].map(() => place.jobs.retry('anna', id)));
        expect(retries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
        const code = { reason: { code: 'BAD_USER_INPUT' } };
        expect(retries.filter(({ status }) => status === 'rejected')).toMatchObject([code, code]);
        await place.work();
        await place.reached(id, 'COMPLETED');
      });

      test('before any worker has seen it leaves nothing to do', async () => {
        const { id } = await submit(321);
        await place.jobs.cancel('anna', id);
        await place.work();
        await vi.waitFor(async () => expect(await place.queue.getJobState(id)).toBe('failed'));
        expect(place.runner.count('upscaleTile')).toBe(0);
        expect(await place.jobs.get('anna', id)).toMatchObject({ status: 'CANCELED' });
      });
    });

    test('a small picture does not wait for all of a large one', async () => {
      const { id } = await submit(330);
      const { reached, letGo } = holdAt('upscaleTile', 2);
      await place.work();
      await reached;
      const small = await place.submit(331);
      letGo();
      await place.reached(small.id, 'COMPLETED');
      expect(await place.jobs.get('anna', id)).toMatchObject({ status: 'RUNNING' });
      await place.reached(id, 'COMPLETED');
    });
  });
}
