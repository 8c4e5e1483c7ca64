import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openJobs, Workplace } from '../workplace.js';

let place: Workplace;

beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());
afterEach(() => place.reset());

describe('the work that may wait', () => {
  test('is bounded; a job that is let in is counted at once', async () => {
    const jobs = await openJobs(place, place.store, { mostWork: 3 * (await workOfOne()) });
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
    const jobs = await openJobs(place, place.store, { mostWork: 1 });
    const first = await jobs.submit(await place.submission(410));
    expect((await jobs.submit(await place.submission(410))).id).toBe(first.id);
  });

  test('lets in whatever comes when nothing waits, and again once there is room', async () => {
    const jobs = await openJobs(place, place.store, { mostWork: 1 });
    const submit = async (seed: number) => jobs.submit(await place.submission(seed));
    const { id } = await submit(420);
    await expect(submit(421)).rejects.toMatchObject({ code: 'OVERLOADED' });
    await place.work();
    await place.reached(id, 'COMPLETED');
    expect((await vi.waitFor(() => submit(421), 5000)).id).not.toBe(id);
  });
});

async function workOfOne(): Promise<number> {
  const { id, payload } = await place.submit(400);
  await place.queue.remove(id);
  return payload.work;
}
