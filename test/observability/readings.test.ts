import { expect, test, vi } from 'vitest';
import { poolReader, queueReader, workerReader } from '../../src/observability/readings.js';

test('a pool tells its threads and its work as they are when it is asked', async () => {
  const pool = { threads: 4, busyThreads: 1, backlog: 1500 };
  const read = poolReader('answers', pool);
  pool.busyThreads = 3;
  expect(Object.fromEntries((await read()).map(({ metric, value }) => [metric, value]))).toEqual({
    okulo_pool_threads: 4,
    okulo_pool_busy_threads: 3,
    okulo_inference_backlog_seconds: 1.5,
  });
});

test('work on the queue is shared out among its workers, and where there is none waits for one', async () => {
  const load = {
    waiting: 5,
    delayed: 1,
    active: 2,
    oldestAgeSeconds: 12,
    backlogSeconds: 90,
    workers: 3,
  };
  const perWorker = async (workers: number) =>
    (await queueReader(() => Promise.resolve({ ...load, workers }))()).find(
      ({ metric }) => metric === 'okulo_queue_backlog_seconds_per_worker',
    )?.value;
  expect(await perWorker(3)).toBe(30);
  expect(await perWorker(0)).toBe(90);
});

test('the heartbeat is that of a worker that takes jobs off a queue that answers', async () => {
  vi.useFakeTimers({ now: 1_000_000 });
  try {
    const consumer = { running: 2, isTaking: true };
    const check = vi.fn(() => Promise.resolve());
    const read = workerReader(consumer, check);
    const heartbeat = async () =>
      (await read()).find(({ metric }) => metric === 'okulo_worker_heartbeat_timestamp_seconds')?.value;
    expect(await heartbeat()).toBe(1000);
    vi.setSystemTime(1_030_000);
    check.mockRejectedValueOnce(new Error('away'));
    expect(await heartbeat()).toBe(1000);
    consumer.isTaking = false;
    expect(await heartbeat()).toBe(1000);
    consumer.isTaking = true;
    expect(await heartbeat()).toBe(1030);
    // CloudWatch sees whether it comes, and not how old it is.
    check.mockRejectedValue(new Error('away'));
    vi.setSystemTime(1_150_000);
    expect(await heartbeat()).toBe(1030);
    vi.setSystemTime(1_151_000);
    expect(await heartbeat()).toBeUndefined();
  } finally {
    vi.useRealTimers();
  }
});

test('a worker that never reached its queue has no heartbeat', async () => {
  const read = workerReader({ running: 0, isTaking: true }, () => Promise.reject(new Error('away')));
  expect((await read()).map(({ metric }) => metric)).toEqual(['okulo_worker_active_jobs']);
});
