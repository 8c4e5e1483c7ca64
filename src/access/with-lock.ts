import { open, rm, stat } from 'node:fs/promises';
import pRetry from 'p-retry';

/** A change takes milliseconds: a lock of this age was left by a process that was killed. */
const STALE_MS = 10_000;
const TRIES = { retries: 60, minTimeout: 50, maxTimeout: 200, randomize: true };

/**
 * Does something while no other process does it: the one holds the file `<path>.lock`, the others wait for it.
 * @throws Error when it cannot be had within several seconds, or the folder cannot be written to
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`;
  await pRetry(
    async () => {
      const age =
        Date.now() -
        (await stat(lock).then(
          ({ mtimeMs }) => mtimeMs,
          () => Date.now(),
        ));
      if (age > STALE_MS) await rm(lock, { force: true });
      await (await open(lock, 'wx')).close();
    },
    {
      ...TRIES,
      // Anything but a lock that is held will not be better in a moment.
      shouldRetry: ({ error }) => 'code' in error && error.code === 'EEXIST',
    },
  );
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}
