import { mkdir } from 'node:fs/promises';
import type { PGlite } from '@electric-sql/pglite';
import type { PgQueryResult } from 'bullmq';
import { lockFolder } from './folder-lock.js';
import type { Session } from './listen-client.js';
import { openDatabase } from './pglite-database.js';
import { postgresParts } from './postgres-store.js';
import type { Store } from './store.js';
import { reasonOf, UnusableQueue } from './unusable-queue.js';

/**
 * The queue inside this process: PostgreSQL as WebAssembly, its files in `folder`. One process at a time.
 * @param template see `openDatabase`
 * @throws UnusableQueue when another process has the folder open, or the files cannot be read or written
 */
export async function openPglite(folder: string, template?: string): Promise<Store> {
  const unlock = await lock(folder);
  let db: PGlite;
  try {
    db = await openDatabase(folder, template);
  } catch (error) {
    await unlock();
    throw unusableFolder(folder, error);
  }
  const query = (text: string, params?: readonly unknown[]): Promise<PgQueryResult> =>
    db.query(text, params && [...params]);
  return {
    kind: 'pglite',
    address: folder,
    ...postgresParts({ query }, () => Promise.resolve(sessionOf(db, query))),
    close: async () => {
      await db.close();
      await unlock();
    },
  };
}

async function lock(folder: string): Promise<() => Promise<void>> {
  try {
    await mkdir(folder, { recursive: true });
    return await lockFolder(folder);
  } catch (error) {
    throw error instanceof UnusableQueue ? error : unusableFolder(folder, error);
  }
}

/** All sessions are views of the only one. */
function sessionOf(db: PGlite, query: Session['query']): Session {
  return {
    query,
    onNotification: (listener) => db.onNotification((channel, payload) => listener({ channel, payload })),
    onError: () => () => undefined,
    release: () => undefined,
  };
}

function unusableFolder(folder: string, error: unknown): UnusableQueue {
  return new UnusableQueue(
    {
      where: `in ${folder}`,
      expected: 'a folder that can be written, empty or with the files of an earlier run',
      came: `the embedded database cannot open it (${reasonOf(error)})`,
      advice: 'correct DATA_DIR, or move the folder away to begin with an empty queue',
    },
    error,
  );
}
