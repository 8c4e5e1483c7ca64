import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { Backlog } from '../../../src/jobs/api/backlog.js';
import {
  SUPER_RESOLUTION,
  SUPER_RESOLUTION_TILES,
  type ChunkPayload,
  type JobPayload,
  type JobResult,
} from '../../../src/jobs/shared/contract.js';
import type { Queues } from '../../../src/jobs/shared/queues.js';
import { payload } from '../states.js';
import { openJobs, JobHarness } from '../job-harness.js';

let place: JobHarness;

beforeAll(async () => {
  place = await JobHarness.open();
});
afterAll(() => place.close());
afterEach(() => place.reset());

describe('the work that may wait', () => {
  test('is bounded; a job that is let in is counted at once', async () => {
    const jobs = await openJobs(place, place.store, { maxWork: 3 * (await workOfOne()) });
    const submit = async (seed: number) => jobs.submit(await place.submission(seed));
    await submit(401);
    await submit(402);
    await submit(403);
    await expect(submit(404)).rejects.toMatchObject({
      code: 'OVERLOADED',
      message: expect.stringMatching(
        /^3 super resolution jobs are waiting, about \d+ seconds of work; at most 1000 jobs and \d+ seconds are allowed\. Try again later\.$/,
      ) as unknown,
      facts: { retryAfterMs: expect.any(Number) as unknown },
    });
    // Nothing of it is left: neither a job nor an image.
    expect(await place.queue.getJobCountByTypes('waiting')).toBe(3);
  });

  test('lets a job in that is known already', async () => {
    const jobs = await openJobs(place, place.store, { maxWork: 1 });
    const first = await jobs.submit(await place.submission(410));
    expect((await jobs.submit(await place.submission(410))).id).toBe(first.id);
  });

  test('lets in whatever comes when nothing waits, and again once there is room', async () => {
    const jobs = await openJobs(place, place.store, { maxWork: 1 });
    const submit = async (seed: number) => jobs.submit(await place.submission(seed));
    const { id } = await submit(420);
    await expect(submit(421)).rejects.toMatchObject({ code: 'OVERLOADED' });
    await place.work();
    await place.reached(id, 'COMPLETED');
    expect((await vi.waitFor(() => submit(421), 5000)).id).not.toBe(id);
  });
});

describe('what counts as waiting', () => {
  test('is the chunks of large pictures, too', async () => {
    await queues().chunks.add('chunk', { job: 'sr-1', index: 0, finished: 0, work: 900 });
    const backlog = new Backlog(queues(), 1000);
    await expect(backlog.admit('sr-2', payload({ work: 101 }))).rejects.toMatchObject({
      code: 'OVERLOADED',
    });
    await expect(backlog.admit('sr-2', payload({ work: 100 }))).resolves.toBeUndefined();
  });

  test('is no canceled job, though it still stands in the queue', async () => {
    const { id } = await place.submit(430);
    await place.jobs.cancel('anna', id);
    expect(await place.queue.getJobState(id)).toBe('waiting');
    const backlog = new Backlog(queues(), 1);
    await expect(backlog.admit('sr-2', payload({ work: 1000 }))).resolves.toBeUndefined();
  });

  test('is a thousand jobs at most, however little work they are', async () => {
    const job = { name: 'upscale', data: payload({ work: 0 }) };
    await queues().jobs.addBulk(Array<typeof job>(1000).fill(job));
    const backlog = new Backlog(queues(), Number.POSITIVE_INFINITY);
    await expect(backlog.admit('sr-1', payload({ work: 0 }))).rejects.toMatchObject({
      code: 'OVERLOADED',
      message: expect.stringMatching(/^1000 super resolution jobs are waiting/) as unknown,
    });
  });
});

describe('one that is not let in is told to come back', () => {
  test.each([
    ['after a second at least', 1, 1, 1000],
    ['once the work that is too much will be done', 5000, 1, 5000],
    ['sooner where several workers do it', 5000, 2, 2500],
    ['after a minute at most', 3_600_000, 1, 60_000],
  ])('%s', async (_when, excess, workers, retryAfterMs) => {
    await queues().jobs.add('upscale', payload({ work: 100 }));
    const counted = queues();
    vi.spyOn(counted.jobs, 'getWorkersCount').mockResolvedValue(workers);
    const backlog = new Backlog(counted, 100);
    await expect(backlog.admit('sr-1', payload({ work: excess }))).rejects.toMatchObject({
      facts: { retryAfterMs },
    });
  });
});

function queues(): Queues {
  return {
    jobs: place.backend.queue<JobPayload, JobResult>(SUPER_RESOLUTION),
    chunks: place.backend.queue<ChunkPayload, number>(SUPER_RESOLUTION_TILES),
  };
}

async function workOfOne(): Promise<number> {
  const { id, payload } = await place.submit(400);
  await place.queue.remove(id);
  return payload.work;
}
