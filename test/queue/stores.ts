import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { QueueKind } from '../../src/queue/backend.js';
import { writeTemplate } from '../../src/queue/pglite-database.js';
import { startPostgres } from '../kit/postgres-server.js';
import { startRedis } from '../kit/redis-server.js';

export interface Where {
  readonly url: string | undefined;
  readonly dataDir: string;
  readonly template?: string;
}

export interface TestStore {
  /** For `openQueueBackend`. */
  readonly where: Where;
  readonly end: () => Promise<void>;
}

export interface StoreKind {
  readonly kind: QueueKind;
  readonly missing: boolean;
  readonly start: () => Promise<TestStore>;
}

/** Real ones, one per suite. */
export const STORES: readonly StoreKind[] = [
  {
    kind: 'pglite',
    missing: false,
    start: async () => {
      const dataDir = await temporaryFolder();
      const template = await queueTemplate();
      return { where: { url: undefined, dataDir, template }, end: () => rm(dataDir, { recursive: true }) };
    },
  },
  {
    kind: 'redis',
    missing: inject('redisServer') === null,
    start: async () => {
      const server = await startRedis();
      return { where: { url: server.url, dataDir: '/nowhere' }, end: server.stop };
    },
  },
  {
    kind: 'postgres',
    missing: inject('postgresBin') === null,
    start: async () => {
      const server = await startPostgres();
      return { where: { url: server.url, dataDir: '/nowhere' }, end: server.stop };
    },
  },
];

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'okulo-queue-'));
}

/**
 * Making a database takes seconds, of a busy machine many, and each suite needs one. It is made once for this version
 * of what makes it, and stays for the next run.
 */
export async function queueTemplate(): Promise<string> {
  const makers = ['package-lock.json', 'src/queue/pglite-database.ts', 'src/queue/postgres-job-index.ts'];
  const digest = createHash('sha256');
  for (const maker of makers) digest.update(await readFile(maker));
  const file = join(tmpdir(), `okulo-test-queue-${digest.digest('hex').slice(0, 16)}.tar.gz`);
  if (!existsSync(file)) await writeTemplate(file);
  return file;
}
