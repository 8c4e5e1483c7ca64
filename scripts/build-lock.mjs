/** One build at a time: `npm run api` and `npm run worker`, started together on a fresh clone, both find work. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from './build-inputs.mjs';

const LOCK = join(ROOT, 'dist', '.building');
const POLL_MS = 200;
/** Many times what a build takes: a lock of this age was left by a process whose id now belongs to another. */
const ABANDONED_MS = 5 * 60_000;

/**
 * Runs `work` while no other process of this machine runs its own.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withBuildLock(work) {
  mkdirSync(dirname(LOCK), { recursive: true });
  let waited = false;
  while (!tryLock()) {
    if (!waited) console.log('Another build is running; waiting for it...');
    waited = true;
    await delay(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function tryLock() {
  removeAbandonedLock();
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

/** A build that was killed leaves its lock behind. */
function removeAbandonedLock() {
  try {
    const isOld = Date.now() - statSync(LOCK).mtimeMs > ABANDONED_MS;
    const owner = readFileSync(LOCK, 'utf8');
    // A lock that is just being written is still empty: it is nobody's yet, and its owner runs.
    if (isOld || (owner !== '' && !isRunning(Number(owner)))) rmSync(LOCK, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Running, as another user.
    return error.code === 'EPERM';
  }
}
