import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { SUPER_RESOLUTION, type JobPayload, type JobResult } from '../../../src/jobs/shared/contract.js';
import { timeLeft, workLeft } from '../../../src/jobs/api/estimate.js';
import type { JobState } from '../../../src/jobs/shared/job-state.js';
import { JobTimes } from '../../../src/jobs/api/job-times.js';
import { PaceMeter, speedsOf } from '../../../src/jobs/shared/pace.js';
import { payload, state } from '../states.js';
import { openJobs, JobHarness } from '../job-harness.js';

/**
 * Two jobs as a worker of one thread did them, in milliseconds since it began: two photos of 720x480 in six tiles
 * each, builtin-superres-x4, a machine of two cores that others used as well.
 */
const RECORDED = {
  picture: { width: 720, height: 480 },
  work: 511,
  tileCost: 85,
  tiles: { took: [115, 98, 68, 74, 82, 63, 68, 84, 81, 72, 89, 73] },
  firstTileAt: 199,
  fourthTileAt: 447,
  endOfFirst: 776,
  endOfSecond: 1523,
};

let place: JobHarness;

beforeAll(async () => {
  place = await JobHarness.open();
});
afterAll(() => place.close());
afterEach(() => place.reset());

const DIGEST = 'b'.repeat(64);

function recorded(more: Partial<JobPayload> = {}): JobPayload {
  const { work, picture } = RECORDED;
  const input = { ...payload().input, ...picture };
  const model = { id: 'recorded', digest: DIGEST };
  return payload({ input, work, model, ...more });
}

describe('the time that jobs will still be worked on', () => {
  /** The two jobs in the queue, the first of them in the hands of a worker that has done some tiles. */
  async function queued(tilesDone: number) {
    const worker = place.backend.worker<JobPayload, JobResult>(
      SUPER_RESOLUTION,
      () => Promise.reject(new Error('Run by hand')),
      { autorun: false },
    );
    onTestFinished(() => worker.close());
    const ids = ['1', '2'].map((digit) => `sr-${digit.repeat(32)}`);
    for (const jobId of ids) await place.queue.add('upscale', recorded(), { jobId });
    const taken = await worker.getNextJob('token');
    if (tilesDone > 0) await taken.updateProgress({ tilesDone, tilesTotal: 6 });
    const jobs = await openJobs(place, place.store);
    onTestFinished(() => jobs.close());
    return Promise.all(
      ids.map(async (id) => {
        const found = await jobs.get('anna', id);
        const left = found && (await jobs.secondsLeft(found));
        if (left === null) throw new Error(`Job ${id} is there and not ended`);
        return left * 1000;
      }),
    );
  }

  function expectWithin(estimate: number | undefined, truth: number, share: number): void {
    expect(Math.abs((estimate ?? 0) - truth) / truth).toBeLessThan(share);
  }

  test('is told by the cost of the model until something is measured', async () => {
    const [first, second] = await queued(0);
    expect(first).toBeGreaterThan(RECORDED.work);
    expect(first).toBeLessThan(3 * RECORDED.work);
    expect(second).toBeGreaterThan(1.9 * (first ?? 0));
  });

  test('is right within 30 % from the first tile on, also of the job that waits', async () => {
    const { tileCost, tiles, firstTileAt, fourthTileAt, endOfFirst, endOfSecond } = RECORDED;
    const meter = new PaceMeter(place.backend.averages, 1);
    meter.tile(recorded(), tileCost, tiles.took[0] ?? 0);
    await measured('tiles');
    const [first, second] = await queued(1);
    expectWithin(first, endOfFirst - firstTileAt, 0.3);
    expectWithin(second, endOfSecond - firstTileAt, 0.3);

    await place.reset();
    for (const took of tiles.took.slice(1, 4)) meter.tile(recorded(), tileCost, took);
    const [firstLater, secondLater] = await queued(4);
    expectWithin(firstLater, endOfFirst - fourthTileAt, 0.3);
    expectWithin(secondLater, endOfSecond - fourthTileAt, 0.3);
  });

  /** Measurements are written down beside the work. */
  async function measured(what: 'tiles' | 'encoding'): Promise<void> {
    await expect
      .poll(async () => (await speedsOf(recorded(), false, place.backend.averages))[what])
      .not.toBe(1);
  }

  test('does not count the time that a job has waited, or that its worker was away', async () => {
    const running = (startedAt: Date): JobState =>
      state({
        status: 'RUNNING',
        payload: recorded(),
        progress: { tilesDone: 3, tilesTotal: 6 },
        position: null,
        createdAt: new Date('2026-01-01'),
        startedAt,
      });
    const jobs = await openJobs(place, place.store);
    onTestFinished(() => jobs.close());
    const justNow = await jobs.secondsLeft(running(new Date()));
    expect(justNow).toBeGreaterThan(0.1);
    expect(await jobs.secondsLeft(running(new Date('2026-01-02')))).toBe(justNow);
  });

  test('is none once a job has ended', async () => {
    for (const status of ['COMPLETED', 'FAILED', 'CANCELED'] as const)
      expect(await place.jobs.secondsLeft(state({ status }))).toBeNull();
  });

  test('is told before a job is sent: what it would be told once it is queued', async () => {
    const meter = new PaceMeter(place.backend.averages, 1);
    meter.tile(recorded(), RECORDED.tileCost, RECORDED.tiles.took[0] ?? 0);
    await measured('tiles');
    const times = new JobTimes(
      { pending: () => Promise.resolve({ readAt: 0, jobs: [], running: [], chunks: new Map(), workers: 1 }) },
      place.backend.averages,
    );
    const { seconds, jobsAhead } = await times.secondsOf(recorded());
    expect(jobsAhead).toBe(0);
    expect(seconds).toBe(await times.secondsLeft(state({ payload: recorded() })));
    expectWithin(seconds * 1000, RECORDED.endOfFirst, 0.3);
  });

  test('is shared by all workers, as far as it is that of others', async () => {
    const progress = { tilesDone: 0, tilesTotal: 0 };
    const other = { id: 'sr-1', work: RECORDED.work, payload: recorded(), progress, timestamp: 0 };
    const secondsOf = async (others: number, workers: number) => {
      const jobs = Array<typeof other>(others).fill(other);
      const pending = { readAt: 0, jobs, running: [], chunks: new Map<string, number>(), workers };
      const times = new JobTimes({ pending: () => Promise.resolve(pending) }, place.backend.averages);
      return (await times.secondsOf(recorded())).seconds;
    };
    const own = await secondsOf(0, 1);
    const ahead = (await secondsOf(6, 1)) - own;
    expect(ahead).toBeGreaterThan(0);
    expect(await secondsOf(6, 3)).toBeCloseTo(own + ahead / 3);
  });

  test('follows what real workers measure', async () => {
    await place.work();
    const { id, payload: done } = await place.submit(1);
    await place.reached(id, 'COMPLETED');
    await expect
      .poll(() => speedsOf(done, false, place.backend.averages))
      .toMatchObject({ tiles: expect.not.toBeOneOf([1]) as unknown, threads: 1 });
  });
});

describe('an estimate', () => {
  const SPEEDS = { tiles: 2, encoding: 3, threads: 1 };

  test('is of the tiles that are left, and of encoding', () => {
    const whole = workLeft(recorded(), { tilesDone: 0, tilesTotal: 0 }, SPEEDS);
    const half = workLeft(recorded(), { tilesDone: 3, tilesTotal: 6 }, SPEEDS);
    expect(whole.tiles).toBe(2 * RECORDED.work);
    expect(half).toEqual({ tiles: RECORDED.work, encoding: whole.encoding });
  });

  const own = { tiles: 100, encoding: 20 };
  const alone = { ahead: 0, running: [] };

  test('of one that is alone uses as many threads as it has tiles for', () => {
    expect(timeLeft(own, alone, { slots: 1, threads: 4, waits: false })).toBe(120);
    expect(timeLeft(own, alone, { slots: 6, threads: 4, waits: false })).toBe(45);
  });

  test('of one that waits has what is before it, shared by all threads', () => {
    const other = { ahead: 300, running: [100, 200] };
    expect(timeLeft(own, other, { slots: 2, threads: 2, waits: true })).toBe(300 + 50 + 20);
  });

  test('of one that runs beside others has no more of theirs than it takes itself', () => {
    const other = { ahead: 0, running: [1000, 60] };
    expect(timeLeft(own, other, { slots: 1, threads: 2, waits: false })).toBe((120 + 60) / 2 + 120);
  });
});

describe('measuring', () => {
  test('writes the first of a kind down at once, and sums up what follows', () => {
    const written: [string, number][] = [];
    const meter = new PaceMeter(
      { add: (name, value) => Promise.resolve(void written.push([name, value])) },
      2,
    );
    const other = payload({ model: { id: 'other', digest: 'c'.repeat(64) } });
    meter.tile(payload(), 10, 28);
    meter.tile(payload(), 10, 50);
    meter.tile(other, 10, 14);
    meter.encoding(payload(), true, 10, 30);
    expect(written).toEqual([
      [`tiles ${'d'.repeat(64)}`, 2],
      ['threads', 2],
      [`tiles ${'c'.repeat(64)}`, 1],
      ['threads', 2],
      ['stitching PNG', 3],
      ['threads', 2],
    ]);
  });

  test('that cannot be written down harms nothing', () => {
    const meter = new PaceMeter({ add: () => Promise.reject(new Error('away')) }, 1);
    expect(() => meter.tile(payload(), 1, 1)).not.toThrow();
  });
});
