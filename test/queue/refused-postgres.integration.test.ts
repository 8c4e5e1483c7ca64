/** PostgreSQL servers that answer and would not serve. */
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { openQueueBackend, UnusableQueue, type QueueBackend } from '../../src/queue/backend.js';
import { startPostgres } from '../kit/postgres-server.js';
import type { TestServer } from '../kit/redis-server.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

function open(url: string): Promise<QueueBackend> {
  return openQueueBackend({ url, dataDir: '/nowhere', onError: () => undefined });
}

describe.skipIf(inject('postgresBin') === null)('a PostgreSQL server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
    // The queue's tables are there: what follows would need to write nothing in order to start.
    await (await open(server.url)).close();
  });
  afterAll(() => server.stop());

  it('that takes jobs is well', async () => {
    const backend = await open(server.url);
    await backend.check();
    await backend.close();
  });

  it.each([
    [
      'that is read-only',
      (url: string) => `${url}?options=-c%20default_transaction_read_only%3Don`,
      /is a read-only server, which takes no writes/,
    ],
    [
      'without such a database',
      (url: string) => url.replace(/\/postgres$/, '/elsewhere'),
      /database "elsewhere"/,
    ],
    [
      'that refuses the password',
      (url: string) => url.replace(/:[^:@]+@/, ':guessed@'),
      /refuses the password/,
    ],
  ])('%s is refused in its own words', async (_kind, change, reason) => {
    const error: unknown = await open(change(server.url)).catch((thrown: unknown) => thrown);
    if (!(error instanceof UnusableQueue)) throw new Error('It was opened');
    expect(error.message).toMatch(reason);
    expect(error.message).not.toContain('guessed');
  });
});
