import { createHash, randomUUID } from 'node:crypto';
import { readFile, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { hasErrno, unlessMissing } from './errno.js';
import { isProcessAlive } from './process-alive.js';
import { writeStaged } from './staged-file.js';

const HEARTBEAT_MS = 1000;
const WATCH_STEP_MS = 200;
/** Longer than a busy or swapping process can fail to touch its lock. */
const WATCH_LIMIT_MS = 10_000;
const TAKE_OVER_STEP_MS = 20;

const holderSchema = z.object({ pid: z.int().positive(), host: z.string(), token: z.string() });
export type LockHolder = z.infer<typeof holderSchema>;

interface Lock {
  readonly text: string;
  readonly holder: LockHolder | undefined;
}

/** Tokens of the locks of this process, which is alive for sure. */
const ownTokens = new Set<string>();

/** A lock that is held until it is given back, or who holds it: undefined where its file does not say. */
export type Taken =
  | { readonly giveBack: () => Promise<void>; readonly heldBy?: never }
  | { readonly giveBack?: never; readonly heldBy: LockHolder | undefined };

/**
 * Takes a lock that one process at a time has: a file that names the process and is touched every second. A lock left
 * by a process that is gone is taken over at once; where that cannot be told (another container, or a process id that
 * was given out again) it is taken over when nobody touches it for `watchLimitMs`.
 */
export async function takeLock(path: string, watchLimitMs = WATCH_LIMIT_MS): Promise<Taken> {
  const mine = newLock();
  const winner = await take(path, mine, watchLimitMs);
  if (winner !== mine) return { heldBy: winner.holder };
  const heartbeat = setInterval(() => {
    const now = new Date();
    // A lock that was deleted by hand is nothing to stop for.
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    giveBack: async () => {
      clearInterval(heartbeat);
      await letGo(path, mine);
    },
  };
}

/**
 * Does something while no other process does it; others wait for it.
 * @throws Error when the lock cannot be had within `limitMs`, or its folder cannot be written to
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  limitMs = WATCH_LIMIT_MS,
): Promise<T> {
  const until = performance.now() + limitMs;
  let taken = await takeLock(path);
  while (taken.giveBack === undefined) {
    if (performance.now() >= until) throw new Error(`${path} is held by ${inWords(taken.heldBy)}`);
    await delay(TAKE_OVER_STEP_MS);
    taken = await takeLock(path);
  }
  try {
    return await work();
  } finally {
    await taken.giveBack();
  }
}

/** Who has a lock. */
export function inWords(holder: LockHolder | undefined): string {
  return holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
}

function newLock(): Lock {
  const holder: LockHolder = { pid: process.pid, host: hostname(), token: randomUUID() };
  return { text: JSON.stringify(holder), holder };
}

/** @returns the lock that holds: ours, or the one of another */
async function take(path: string, mine: Lock, watchLimitMs: number): Promise<Lock> {
  if (mine.holder) ownTokens.add(mine.holder.token);
  for (;;) {
    if (await wroteAlone(path, mine.text)) return mine;
    const seen = await readLock(path);
    if (seen === undefined) continue;
    if (await isHeld(path, seen.holder, watchLimitMs)) {
      if (mine.holder) ownTokens.delete(mine.holder.token);
      return seen;
    }
    if (await tookOver(path, seen, mine, watchLimitMs)) return mine;
  }
}

/**
 * Of all who see the same lock left behind, the one who has the lock on taking it over may replace it. Without
 * that a slow one would remove what a faster one has just put there.
 */
async function tookOver(path: string, left: Lock, mine: Lock, watchLimitMs: number): Promise<boolean> {
  const rightPath = `${path}.${createHash('sha256').update(left.text).digest('hex').slice(0, 16)}`;
  const right = newLock();
  if ((await take(rightPath, right, watchLimitMs)) !== right) {
    await delay(TAKE_OVER_STEP_MS);
    return false;
  }
  try {
    if ((await readLock(path))?.text !== left.text) return false;
    const staged = `${path}.${randomUUID()}`;
    await writeStaged({ staged, path, write: (draft) => writeFile(draft, mine.text) });
    return true;
  } finally {
    await letGo(rightPath, right);
  }
}

async function letGo(path: string, mine: Lock): Promise<void> {
  if ((await readLock(path))?.text === mine.text) await unlink(path);
  if (mine.holder) ownTokens.delete(mine.holder.token);
}

async function wroteAlone(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasErrno(error, 'EEXIST')) return false;
    // Without room for its words it is there all the same, and would have to be watched at the next start.
    if (hasErrno(error, 'ENOSPC')) await unlink(path).catch(() => undefined);
    throw error;
  }
}

async function readLock(path: string): Promise<Lock | undefined> {
  const text = await unlessMissing(readFile(path, 'utf8'));
  return text === undefined ? undefined : { text, holder: parseHolder(text) };
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function isHeld(path: string, holder: LockHolder | undefined, watchLimitMs: number): Promise<boolean> {
  if (holder?.host === hostname()) {
    // Process ids begin anew with each container, so an earlier run may well have had ours.
    if (holder.pid === process.pid) return ownTokens.has(holder.token);
    if (!isProcessAlive(holder.pid)) return false;
  }
  return isTouched(path, watchLimitMs);
}

async function isTouched(path: string, watchLimitMs: number): Promise<boolean> {
  const first = await unlessMissing(stat(path));
  const until = performance.now() + watchLimitMs;
  while (performance.now() < until) {
    await delay(WATCH_STEP_MS);
    const now = await unlessMissing(stat(path));
    if (now === undefined) return false;
    if (now.mtimeMs !== first?.mtimeMs) return true;
  }
  return false;
}
