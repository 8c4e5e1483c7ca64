import { DEFAULT_SCHEMA, type PgQueryResult, runMigrations } from 'bullmq';
import { Pool } from 'pg';
import { messageOf } from '../errors.js';
import type { ServerAddress } from './address.js';
import { within } from '../platform/deadline.js';
import { readWithoutGaps } from './ordered-event-reader.js';
import type { Session } from './listen-client.js';
import { FIND_JOB_INDEX, MAKE_JOB_INDEX } from './postgres-job-index.js';
import { checkWritable, postgresParts } from './postgres-store.js';
import type { Store } from './store.js';
import { troubleOf } from './trouble.js';
import { UnusableQueue } from './unusable-queue.js';

const START_LIMIT_MS = 4500;

/** Each worker and each reader of events keeps one of these for itself; the rest serve short queries. */
const MAX_CONNECTIONS = 16;

/** @throws UnusableQueue within five seconds when the server cannot be reached or refuses */
export async function openPostgres(
  { url, printable }: ServerAddress,
  onError: (error: unknown) => void,
): Promise<Store> {
  const pool = poolFor(url);
  let closing = false;
  // Idle connections that the server drops; the pool replaces them.
  pool.on('error', (error) => {
    if (!closing) onError(error);
  });
  try {
    await within(START_LIMIT_MS, migrate(pool));
    await within(START_LIMIT_MS, checkWritable(pool));
  } catch (error) {
    void pool.end();
    const trouble = troubleOf(error);
    const reason = trouble === undefined ? messageOf(error) : `${trouble}: ${messageOf(error)}`;
    throw new UnusableQueue(
      {
        where: `at ${printable}`,
        expected: 'a PostgreSQL server (13 or newer) and a user who may create a schema',
        came: `it cannot be used (${reason})`,
        advice: 'start it, correct QUEUE_URL, or unset QUEUE_URL for the embedded queue',
      },
      error,
    );
  }
  const store = postgresParts(pool, () => openSession(pool));
  return {
    ...store,
    kind: 'postgres',
    address: printable,
    factory: (name, options, roles) => {
      const backend = store.factory(name, options, roles);
      return roles?.blocking === true ? readWithoutGaps(backend, name, pool) : backend;
    },
    close: () => {
      closing = true;
      return pool.end();
    },
  };
}

function poolFor(url: URL): Pool {
  const connection = new URL(url);
  // What stands in the address wins over what is given beside it, so the operator's own options move over.
  const options = connection.searchParams.get('options');
  connection.searchParams.delete('options');
  return new Pool({
    connectionString: connection.href,
    options: `${options ?? ''} -c search_path=${DEFAULT_SCHEMA}`.trim(),
    application_name: 'okulo',
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: 3000,
    query_timeout: 4000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
}

async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client);
    const { rows } = await client.query<{ found: string | null }>(FIND_JOB_INDEX);
    if (rows[0]?.found == null) await client.query(MAKE_JOB_INDEX);
  } finally {
    client.release();
  }
}

async function openSession(pool: Pool): Promise<Session> {
  const client = await pool.connect();
  return {
    query: (text: string, params?: readonly unknown[]): Promise<PgQueryResult> =>
      client.query(text, params && [...params]),
    onNotification: (listener) => {
      const pass = ({ channel, payload }: { channel: string; payload?: string | undefined }): void =>
        listener(payload === undefined ? { channel } : { channel, payload });
      client.on('notification', pass);
      return () => client.off('notification', pass);
    },
    onError: (listener) => {
      client.on('error', listener);
      return () => client.off('error', listener);
    },
    release: (destroy) => client.release(destroy),
  };
}
