import { createHash, randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { hasErrno } from '../platform/errno.js';
import { isProcessAlive } from '../platform/process-alive.js';

interface Abandoned {
  readonly path: string;
  readonly bytes: number;
}

/** Two containers that share a cache are both process 1, but not of one name. */
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** The parts that this process is writing. */
const inUse = new Set<string>();

/**
 * Downloads to a place of its own, beside the file's: `<name>.<host>-<process>-<random>.part`. What another
 * process had fetched of the file before it ended is taken over.
 * @param idleMs a part of another machine that nobody has written to for so long belongs to nobody any more
 */
export async function withPart<T>(
  path: string,
  idleMs: number,
  work: (part: string) => Promise<T>,
): Promise<T> {
  const part = `${path}.${HOST}-${process.pid}-${randomUUID()}.part`;
  inUse.add(part);
  try {
    await adopt(path, part, idleMs);
    return await work(part);
  } finally {
    inUse.delete(part);
  }
}

async function adopt(path: string, own: string, idleMs: number): Promise<void> {
  const [largest, ...others] = await abandonedParts(path, idleMs);
  await Promise.all(others.map((part) => rm(part.path, { force: true })));
  if (largest) await takeOver(largest.path, own);
}

async function abandonedParts(path: string, idleMs: number): Promise<Abandoned[]> {
  const folder = dirname(path);
  const names = (await readdir(folder)).filter(
    (name) => name.startsWith(`${basename(path)}.`) && name.endsWith('.part'),
  );
  const parts = await Promise.all(
    names.map(async (name): Promise<Abandoned[]> => {
      // Another process may have finished with it meanwhile.
      const found = await stat(join(folder, name)).catch(() => undefined);
      if (found === undefined) return [];
      const part = join(folder, name);
      const left = isOrphan(part) || Date.now() - found.mtimeMs >= idleMs;
      return left ? [{ path: part, bytes: found.size }] : [];
    }),
  );
  return parts.flat().sort((a, b) => b.bytes - a.bytes);
}

/** Whether a part is of this machine, and the process that wrote it has ended. */
function isOrphan(part: string): boolean {
  const [, host, pid] = /\.([0-9a-f]{8})-(\d+)-[^.]+\.part$/.exec(part) ?? [];
  if (host !== HOST || pid === undefined) return false;
  if (Number(pid) === process.pid) return !inUse.has(part);
  return !isProcessAlive(Number(pid));
}

/** Of two processes that want the same part, one gets it, and the other starts from nothing. */
async function takeOver(part: string, own: string): Promise<void> {
  try {
    await rename(part, own);
    // From now on it is in use, also for a process that looks before the first byte comes.
    await utimes(own, new Date(), new Date());
  } catch (error) {
    if (!hasErrno(error, 'ENOENT')) throw error;
  }
}
