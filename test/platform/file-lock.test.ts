import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeLock, withLock } from '../../src/platform/file-lock.js';

/** No process has it: ids end at four million. */
const NOBODY = 2 ** 30;

describe('a lock that others wait for', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'okulo-lock-'));
    path = join(folder, 'file.lock');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is had by one at a time, and nothing is left of it', async () => {
    let running = 0;
    const seen: number[] = [];
    const work = async () => {
      seen.push(++running);
      for (let turn = 0; turn < 20; turn += 1) await setImmediate();
      running -= 1;
    };
    await Promise.all(Array.from({ length: 6 }, () => withLock(path, work)));
    expect(seen).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is given back when the work fails', async () => {
    await expect(withLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withLock(path, () => Promise.resolve(7))).toBe(7);
  });

  it('is taken over at once from a process that is gone', async () => {
    await writeFile(path, JSON.stringify({ pid: NOBODY, host: hostname(), token: 'left' }));
    const startedAt = performance.now();
    expect(await withLock(path, () => Promise.resolve(7))).toBe(7);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  it('is given up when another has it for too long, who is named', async () => {
    const held = await takeLock(path);
    const waiting = withLock(path, () => Promise.resolve(7), 50);
    await expect(waiting).rejects.toThrow(`held by process ${process.pid} on ${hostname()}`);
    await held.giveBack?.();
  });

  it('says what the system says where it cannot be written', async () => {
    await expect(withLock(join(folder, 'missing', 'x.lock'), () => Promise.resolve(7))).rejects.toThrow(
      'ENOENT',
    );
  });
});
