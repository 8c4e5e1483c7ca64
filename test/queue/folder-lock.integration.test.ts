import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { lockFolder } from '../../src/queue/folder-lock.js';
import { temporaryFolder } from './stores.js';

const WATCH_MS = 700;
/** No process has it: ids end at four million. */
const NOBODY = 2 ** 30;

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function leave(holder: { pid: number; host: string }): Promise<void> {
  return writeFile(path, JSON.stringify({ ...holder, token: 'left' }));
}

test('is had by one at a time, and given back', async () => {
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(`process ${process.pid} on ${hostname()} has it open`);
  await unlock();
  expect(await readdir(folder)).toEqual([]);
  await (
    await lockFolder(folder)
  )();
});

test('of many who want it at once over a lock left behind, one gets it', async () => {
  await leave({ pid: NOBODY, host: hostname() });
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await readdir(folder)).toEqual(['lock']);
});

test.each([
  ['of a process that is gone', { pid: NOBODY, host: hostname() }],
  ['of an earlier run with our own process id', { pid: process.pid, host: hostname() }],
])('a lock %s is taken over at once', async (_, holder) => {
  await leave(holder);
  const startedAt = performance.now();
  const unlock = await lockFolder(folder);
  expect(performance.now() - startedAt).toBeLessThan(500);
  await unlock();
});

test.each([
  ['of another machine', JSON.stringify({ pid: 1, host: 'elsewhere', token: 'left' })],
  [
    'that a living process of ours might have',
    JSON.stringify({ pid: process.ppid, host: hostname(), token: 'left' }),
  ],
  ['that cannot be read', 'half a lo'],
])('a lock %s is taken over when nobody touches it', async (_, text) => {
  await writeFile(path, text);
  const unlock = await lockFolder(folder, WATCH_MS);
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
  await unlock();
});

test('a lock of another machine that is touched is respected', async () => {
  await leave({ pid: 1, host: 'elsewhere' });
  const touching = setInterval(() => void utimes(path, new Date(), new Date()), 100);
  onTestFinished(() => clearInterval(touching));
  await expect(lockFolder(folder, WATCH_MS)).rejects.toThrow('process 1 on elsewhere has it open');
});
