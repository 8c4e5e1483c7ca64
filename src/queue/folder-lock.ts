import { join } from 'node:path';
import { inWords, takeLock } from '../platform/file-lock.js';
import { UnusableQueue } from './unusable-queue.js';

/**
 * Lets one process at a time work in a folder, by a file `lock` in it.
 * @returns how to let go
 * @throws UnusableQueue when another process has the folder
 */
export async function lockFolder(folder: string, watchLimitMs?: number): Promise<() => Promise<void>> {
  const { giveBack, heldBy } = await takeLock(join(folder, 'lock'), watchLimitMs);
  if (giveBack) return giveBack;
  throw new UnusableQueue({
    where: `in ${folder}`,
    expected: 'a folder that no other process uses',
    came: `${inWords(heldBy)} has it open`,
    advice: 'stop that process, choose another DATA_DIR, or set QUEUE_URL to share one queue among processes',
  });
}
