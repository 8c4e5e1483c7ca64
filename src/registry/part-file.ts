import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

interface Abandoned {
  readonly path: string;
  readonly bytes: number;
}

/**
 * A place for a download that is under way, beside the file's own: `<name>.<random>.part`. What another process
 * had fetched of the file before it ended is taken over.
 * @param idleMs a part that nobody has written to for so long belongs to nobody any more
 */
export async function partFile(path: string, idleMs: number): Promise<string> {
  // Not the process id: two containers that share a cache are both process 1.
  const own = `${path}.${randomUUID()}.part`;
  const [largest, ...others] = await abandonedParts(path, idleMs);
  await Promise.all(others.map((part) => rm(part.path, { force: true })));
  if (largest) await takeOver(largest.path, own);
  return own;
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
      const idle = found !== undefined && Date.now() - found.mtimeMs >= idleMs;
      return idle ? [{ path: join(folder, name), bytes: found.size }] : [];
    }),
  );
  return parts.flat().sort((a, b) => b.bytes - a.bytes);
}

/** Of two processes that want the same part, one gets it, and the other starts from nothing. */
async function takeOver(part: string, own: string): Promise<void> {
  try {
    await rename(part, own);
    // From now on it is in use, also for a process that looks before the first byte comes.
    await utimes(own, new Date(), new Date());
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
