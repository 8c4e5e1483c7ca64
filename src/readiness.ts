import { checkTemporaryFolder } from './folders.js';
import type { SharedResources } from './shared-resources.js';
import { recentCheck } from './http/recent-check.js';
import { StorageUnavailable } from './platform/storage-unavailable.js';
import { probeStore } from './storage/probe.js';

/** The longest that one check is waited for: load balancers ask with limits of a few seconds. */
const LIMIT_MS = 2000;
const FRESH_MS = 1000;
/** Writing to a bucket costs money, and reaching it more time than a disk. */
const BUCKET = { goodForMs: 10_000, badForMs: 2000, limitMs: 4000 };
const NEAR = { goodForMs: FRESH_MS, badForMs: FRESH_MS, limitMs: LIMIT_MS };

const SLOW = { words: 'does not answer', retryAfterMs: 5000 };

/** What has to work besides the process itself, for it to be sent requests. Each rejects with the reason. */
export function readinessChecks({
  backend,
  store,
  log,
}: Pick<SharedResources, 'backend' | 'store' | 'log'>): Readonly<Record<string, () => Promise<void>>> {
  const onTurn = (part: string) => (failure: unknown) => {
    if (failure === undefined) log.info({ part }, 'works again');
    else log.warn({ err: failure, part }, 'does not work: not ready');
  };
  const slow = (limitMs: number) => new Error(`no answer within ${limitMs / 1000} s`);
  const storage = store.address.startsWith('s3:') ? BUCKET : NEAR;
  return {
    queue: recentCheck(() => backend.check(), {
      ...NEAR,
      // It has a limit of its own, and words for that.
      limitMs: LIMIT_MS + FRESH_MS,
      timeoutError: () => new Error('The job queue does not answer.'),
      onTurn: onTurn('queue'),
    }),
    storage: recentCheck(() => probeStore(store), {
      ...storage,
      timeoutError: () => new StorageUnavailable('storage', slow(storage.limitMs), SLOW),
      onTurn: onTurn('storage'),
    }),
    temporaryFiles: recentCheck(checkTemporaryFolder, {
      ...NEAR,
      timeoutError: () => new StorageUnavailable('temporary', slow(LIMIT_MS), SLOW),
      onTurn: onTurn('temporaryFiles'),
    }),
  };
}
