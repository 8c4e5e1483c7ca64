import { Job } from 'bullmq';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobQueue } from '../../../src/queue/backend.js';
import { isTerminal, JOB_STATUSES, jobStateOf, type JobState } from '../../../src/jobs/shared/job-state.js';
import { openEmbedded, type Embedded } from '../../queue/embedded.js';
import { payload, result } from '../states.js';

/** The queue's own record of a job; what is told of it here is what the queue would have written. */
let queue: JobQueue;
let embedded: Embedded;

beforeAll(async () => {
  embedded = await openEmbedded();
  queue = embedded.backend.queue('states');
});
afterAll(() => embedded.close());

function read(queueState: string, more: Partial<Job> = {}, data: unknown = payload()): JobState | null {
  const job = new Job(queue, 'upscale', data, {}, 'sr-1');
  Object.assign(job, { timestamp: 1000, ...more });
  return jobStateOf(job, queueState, 3);
}

describe('what the queue calls a job, and what it is', () => {
  test.each([
    ['waiting', 'QUEUED'],
    ['prioritized', 'QUEUED'],
    ['delayed', 'QUEUED'],
    ['waiting-children', 'RUNNING'],
    ['active', 'RUNNING'],
    ['completed', 'COMPLETED'],
    ['failed', 'FAILED'],
  ])('%s: %s', (queueState, status) => {
    expect(read(queueState, { returnvalue: result(), finishedOn: 9000 })?.status).toBe(status);
  });

  test.each(['waiting', 'delayed', 'active', 'failed'])('%s, but canceled: CANCELED', (queueState) => {
    const state = read(queueState, {}, payload({ canceledAt: 5000 }));
    expect(state).toMatchObject({ status: 'CANCELED', failure: null, result: null });
    expect(state?.finishedAt).toEqual(new Date(5000));
  });

  test('ended as canceled after it was retried: QUEUED, until it is put back', () => {
    const state = read('failed', { failedReason: 'CANCELED', finishedOn: 6000 });
    expect(state).toMatchObject({ status: 'QUEUED', failure: null, finishedAt: null });
  });

  test('failed by its state and begun anew by its data, as it was put back in between: QUEUED', () => {
    expect(read('failed')).toMatchObject({ status: 'QUEUED', failure: null });
  });

  test('completed before it was canceled: COMPLETED', () => {
    const more = { returnvalue: result(), finishedOn: 4000 };
    const state = read('completed', more, payload({ canceledAt: 5000 }));
    expect(state).toMatchObject({ status: 'COMPLETED', result: result(), finishedAt: new Date(4000) });
  });

  test('completed although its owner was told that it is canceled: CANCELED', () => {
    const more = { returnvalue: result(), finishedOn: 6000 };
    const state = read('completed', more, payload({ canceledAt: 5000 }));
    expect(state).toMatchObject({ status: 'CANCELED', result: null, finishedAt: new Date(6000) });
  });

  test('unknown: no job at all', () => {
    expect(read('unknown')).toBeNull();
  });

  test('not one of ours: no job at all', () => {
    expect(read('waiting', {}, { greeting: 'hello' })).toBeNull();
  });
});

describe('a job', () => {
  test('that waits knows how many are ahead of it', () => {
    expect(read('waiting')?.position).toBe(3);
    expect(read('active')?.position).toBeNull();
  });

  test('that has not reported yet has done nothing', () => {
    expect(read('waiting')?.progress).toEqual({ tilesDone: 0, tilesTotal: 0 });
  });

  test('that has reported has done so much', () => {
    const progress = { tilesDone: 2, tilesTotal: 9 };
    expect(read('active', { progress })?.progress).toEqual(progress);
  });

  test('knows when it was queued, begun and ended', () => {
    const more = { processedOn: 2000, finishedOn: 3000, returnvalue: result() };
    expect(read('completed', more)).toMatchObject({
      createdAt: new Date(1000),
      startedAt: new Date(2000),
      finishedAt: new Date(3000),
    });
  });

  test('of a large picture began before it was taken up again to be stitched', () => {
    const progress = { tilesDone: 30, tilesTotal: 30, startedAt: 2000 };
    expect(read('active', { processedOn: 5000, progress })?.startedAt).toEqual(new Date(2000));
  });

  test('that runs again has not ended, whatever the queue remembers of its last attempt', () => {
    expect(read('active', { processedOn: 2000, finishedOn: 1500 })?.finishedAt).toBeNull();
  });

  test('that failed says why when that is its owner’s business', () => {
    expect(read('failed', { failedReason: 'BAD_IMAGE: It is cut off.', finishedOn: 9000 })?.failure).toEqual({
      code: 'BAD_IMAGE',
      message: 'It is cut off.',
    });
  });

  test('that failed for an inner reason does not say it', () => {
    const { failure } = read('failed', { failedReason: 'EIO: /dev/sda1', finishedOn: 9000 }) ?? {};
    expect(failure?.code).toBe('INTERNAL_SERVER_ERROR');
    expect(failure?.message).not.toContain('sda1');
  });

  test('counts the attempt that is under way', () => {
    expect(read('active', { attemptsMade: 1, attemptsStarted: 2 })?.attempts).toBe(2);
  });
});

test('three statuses are final', () => {
  expect(JOB_STATUSES.filter(isTerminal)).toEqual(['COMPLETED', 'FAILED', 'CANCELED']);
});
