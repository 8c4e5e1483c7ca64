import { DEFAULT_SCHEMA, type IQueueBackend, type PgQueryable } from 'bullmq';

/**
 * How far behind the newest event a reader still looks for late ones, in events of all queues: those of several
 * seconds of a busy service, where a transaction takes milliseconds.
 */
const OVERLAP = 1000n;

const TABLE = `${DEFAULT_SCHEMA}.event`;

/**
 * Makes a reader of events on PostgreSQL read all of them. BullMQ's own asks for ids greater than the last one,
 * but ids are given out before transactions end: of two workers that finish jobs at the same time, the one with
 * the lower id may commit later, and its event would never be read. This one looks back a little, and remembers
 * what it has delivered there.
 *
 * It starts with the events published after `waitUntilReady`, whatever `readEvents` is told.
 */
export function readWithoutGaps<Backend extends IQueueBackend>(
  backend: Backend,
  queueName: string,
  database: PgQueryable,
): Backend {
  const waitUntilReady = backend.waitUntilReady.bind(backend);
  const readAfter = backend.readEvents.bind(backend);
  const atStart = idsAtStart(database, queueName);
  // Whoever waits for the reader hears of it; until then it is not an unhandled one.
  atStart.catch(() => undefined);

  backend.waitUntilReady = async () => {
    await waitUntilReady();
    await atStart;
  };

  backend.readEvents = async (_start, blockMs) => {
    const delivered = await atStart;
    const overdue = await oldestUndelivered(database, queueName, delivered);
    const [stream] =
      (await readAfter(String(overdue === undefined ? newestOf(delivered) : overdue - 1n), blockMs)) ?? [];
    if (stream === undefined) return null;
    const [streamName, events] = stream;
    const news = events.filter(([id]) => !delivered.has(BigInt(id)));
    for (const [id] of news) delivered.add(BigInt(id));
    forgetOld(delivered);
    return news.length > 0 ? [[streamName, news]] : null;
  };
  return backend;
}

async function idsAtStart(database: PgQueryable, queueName: string): Promise<Set<bigint>> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT id::text AS id FROM ${TABLE}
      WHERE queue = $1 AND id > (SELECT coalesce(max(id), 0) FROM ${TABLE} WHERE queue = $1) - $2::bigint`,
    [queueName, String(OVERLAP)],
  );
  return new Set(rows.map(({ id }) => BigInt(id)));
}

async function oldestUndelivered(
  database: PgQueryable,
  queueName: string,
  delivered: ReadonlySet<bigint>,
): Promise<bigint | undefined> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT id::text AS id FROM ${TABLE}
      WHERE queue = $1 AND id > $2::bigint AND NOT (id = ANY ($3::bigint[]))
      ORDER BY id LIMIT 1`,
    [queueName, String(newestOf(delivered) - OVERLAP), Array.from(delivered, String)],
  );
  return rows[0] && BigInt(rows[0].id);
}

function newestOf(ids: ReadonlySet<bigint>): bigint {
  let newest = 0n;
  for (const id of ids) if (id > newest) newest = id;
  return newest;
}

function forgetOld(delivered: Set<bigint>): void {
  const oldest = newestOf(delivered) - OVERLAP;
  for (const id of delivered) if (id <= oldest) delivered.delete(id);
}
