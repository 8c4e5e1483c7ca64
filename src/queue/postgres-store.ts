import {
  createPostgresBackend,
  DEFAULT_SCHEMA,
  type IQueueBackend,
  type PgPool,
  type PgQueryable,
} from 'bullmq';
import { ListenClient, type Session } from './listen-client.js';
import { postgresAverages, postgresJobIndex } from './postgres-job-index.js';
import type { Store } from './store.js';

/**
 * Notifications may be skipped by BullMQ where many jobs end at once, so readers also look for themselves.
 * One short read of an index per second and reader.
 */
const EVENT_POLL_MS = 1000;

/** The part of a store that PostgreSQL and the embedded PGlite have in common. */
export function postgresParts(
  database: PgQueryable,
  openSession: () => Promise<Session>,
): Pick<Store, 'factory' | 'index' | 'averages' | 'eventPollMs' | 'lastEventId' | 'probe' | 'check'> {
  const pool: PgPool & { options: { keepAlive: boolean } } = {
    // BullMQ polls every ten seconds where a dead connection could go unnoticed. Here none can.
    options: { keepAlive: true },
    query: (text, params) => database.query(text, params),
    connect: async () => new ListenClient(await openSession()),
    // One pool serves all; whoever opened the store ends it and hears of its errors, once.
    end: () => Promise.resolve(),
    on: () => pool,
    removeAllListeners: () => pool,
  };
  return {
    eventPollMs: EVENT_POLL_MS,
    factory: (name, options, roles) => {
      const backend = createPostgresBackend(name, { ...options, connection: pool }, roles);
      if (roles?.blocking === true) listenBeforeSleeping(backend);
      return backend;
    },
    index: postgresJobIndex(database),
    averages: postgresAverages(database),
    lastEventId: async (name) => {
      const newest = await database.query<{ id: string }>(
        `SELECT coalesce(max(id), 0)::text AS id FROM ${DEFAULT_SCHEMA}.event WHERE queue = $1`,
        [name],
      );
      return newest.rows[0]?.id ?? '0';
    },
    probe: () => database.query('SELECT 1'),
    check: () => checkWritable(database),
  };
}

/**
 * A server may answer and take no writes. One transaction that changes something is the proof; this one leaves
 * nothing behind but a few bytes of the log.
 */
export async function checkWritable(database: PgQueryable): Promise<void> {
  const { rows } = await database.query<{ off: boolean }>(
    `SELECT current_setting('transaction_read_only') = 'off' AS off`,
  );
  if (rows[0]?.off !== true) throw new ReadOnlyServer();
  await database.query(`SELECT pg_logical_emit_message(true, 'okulo', 'check')`);
}

/** As the server itself would say of a write. */
class ReadOnlyServer extends Error {
  readonly code = '25006';
  readonly severity = 'ERROR';

  constructor() {
    super('transaction_read_only is on: it is a standby, or default_transaction_read_only is set');
  }
}

/**
 * BullMQ starts to LISTEN when a read has found nothing for the first time, and would sleep through what came
 * in between. So reads do not sleep before that.
 */
function listenBeforeSleeping(backend: IQueueBackend): void {
  const read = backend.readEvents.bind(backend);
  let listens = false;
  backend.readEvents = async (start, blockMs) => {
    const found = await read(start, listens ? blockMs : 1);
    listens ||= !found;
    return found;
  };
}
