import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A disk of a few kilobytes or megabytes, really mounted: it can be full, read-only or gone. */
export interface SmallDisk {
  readonly path: string;
  /** Takes all room that is left, but for so many bytes. */
  fill(leave?: number): Promise<void>;
  /** Gives back what `fill` took. */
  free(): Promise<void>;
  readOnly(): Promise<void>;
  writable(): Promise<void>;
  unmount(): Promise<void>;
}

/** Whether this process may mount; asked once for a whole run. */
export function mayMount(): boolean {
  const path = mkdtempSync(join(tmpdir(), 'okulo-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path]).status === 0;
  if (mounted) spawnSync('umount', [path]);
  rmdirSync(path);
  return mounted;
}

/**
 * @param size as mount takes it, like `64k`
 * @param at the folder that it becomes; a new one unless said, which goes away with it
 */
export async function mountSmallDisk(size: string, at?: string): Promise<SmallDisk> {
  const path = at ?? (await mkdtemp(join(tmpdir(), 'okulo-disk-')));
  await run('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]);
  const ballast = join(path, 'ballast');
  const unmount = async (): Promise<void> => {
    // What a service that was just stopped had open is let go of by then, or the moment it is.
    await run('umount', ['--lazy', path]);
    if (at === undefined) await rm(path, { recursive: true });
  };
  return {
    path,
    fill: (leave = 0) => fillUp(ballast, leave),
    free: () => rm(ballast, { force: true }),
    readOnly: () => remount(path, 'ro'),
    writable: () => remount(path, 'rw'),
    unmount,
  };
}

async function remount(path: string, mode: 'ro' | 'rw'): Promise<void> {
  await run('mount', ['-o', `remount,${mode}`, path]);
}

const PAGE = Buffer.alloc(4096);

async function fillUp(path: string, leave: number): Promise<void> {
  const file = await open(path, 'w');
  let written = 0;
  try {
    for (;;) written += (await file.write(PAGE, 0, PAGE.length, written)).bytesWritten;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    await file.truncate(Math.max(0, written - leave));
  } finally {
    await file.close();
  }
}
