import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DiskStore } from '../../src/storage/disk.js';
import { startSweeper } from '../../src/storage/sweeper.js';
import { temporaryFolder } from './folder.js';

const HOUR_MS = 3_600_000;

const bytes = new TextEncoder().encode('bytes');
const unexpected = (error: unknown): never => {
  throw error;
};

/** A store whose sweeps end when the test says so. */
function heldStore() {
  const ends: ((removed: number) => void)[] = [];
  const limits: Date[] = [];
  return {
    limits,
    endFirst: (removed: number) => ends.shift()?.(removed),
    expire: (olderThan: Date) =>
      new Promise<number>((resolve) => {
        limits.push(olderThan);
        ends.push(resolve);
      }),
  };
}

describe('startSweeper', () => {
  it('removes the objects older than their time to live, by its timer', async () => {
    const folder = await temporaryFolder();
    const store = new DiskStore(folder);
    await store.put('jobs/old/output.png', bytes);
    await store.put('jobs/new/output.png', bytes);
    const longAgo = new Date(Date.now() - 120_000);
    await utimes(join(folder, 'jobs/old/output.png'), longAgo, longAgo);
    const { promise: swept, resolve: onSwept } = deferred<number>();
    const sweeper = startSweeper(store, { ttlMs: 60_000, everyMs: 5, onError: unexpected, onSwept });
    expect(await swept).toBe(1);
    await sweeper.stop();
    expect(await store.has('jobs/old/output.png')).toBe(false);
    expect(await store.has('jobs/new/output.png')).toBe(true);
  });

  it('joins a running sweep instead of starting a second, and starts a new one after it', async () => {
    const store = heldStore();
    const sweeper = startSweeper(store, { ttlMs: 1_000, everyMs: HOUR_MS, onError: unexpected });
    const [one, two] = [sweeper.sweepNow(), sweeper.sweepNow()];
    expect(store.limits).toHaveLength(1);
    expect(Math.abs(Date.now() - 1_000 - (store.limits[0]?.getTime() ?? 0))).toBeLessThan(500);
    store.endFirst(7);
    expect(await Promise.all([one, two])).toEqual([7, 7]);
    const three = sweeper.sweepNow();
    expect(store.limits).toHaveLength(2);
    store.endFirst(0);
    expect(await three).toBe(0);
    await sweeper.stop();
  });

  it('waits for a running sweep when it is stopped', async () => {
    const store = heldStore();
    const sweeper = startSweeper(store, { ttlMs: 1_000, everyMs: HOUR_MS, onError: unexpected });
    const events: string[] = [];
    const sweep = sweeper.sweepNow().then(() => events.push('swept'));
    const stop = sweeper.stop().then(() => events.push('stopped'));
    setImmediate(() => store.endFirst(0));
    await Promise.all([sweep, stop]);
    expect(events).toEqual(['swept', 'stopped']);
  });

  it('waits as long as a timer can where it is to wait longer', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const expire = vi.fn(() => Promise.resolve(0));
    const sweeper = startSweeper({ expire }, { ttlMs: 1_000, everyMs: 1e12, onError: unexpected });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(expire).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2 ** 31);
    expect(expire).toHaveBeenCalledTimes(1);
    await sweeper.stop();
  });

  it('does not keep the process alive', async () => {
    const before = process.getActiveResourcesInfo();
    const sweeper = startSweeper(heldStore(), { ttlMs: 1_000, everyMs: HOUR_MS, onError: unexpected });
    expect(process.getActiveResourcesInfo()).toEqual(before);
    await sweeper.stop();
  });

  it('reports a failed sweep, and goes on', async () => {
    const { promise: swept, resolve: onSwept } = deferred<number>();
    const errors: unknown[] = [];
    const fault = new Error('disk on fire');
    let sweeps = 0;
    const expire = (): Promise<number> => (++sweeps === 1 ? Promise.reject(fault) : Promise.resolve(3));
    const onError = (error: unknown) => errors.push(error);
    const sweeper = startSweeper({ expire }, { ttlMs: 1_000, everyMs: 5, onError, onSwept });
    expect(await swept).toBe(3);
    await sweeper.stop();
    expect(errors).toEqual([fault]);
  });
});

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: (value) => settle(value) };
}
