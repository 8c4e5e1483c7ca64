import { mkdir } from 'node:fs/promises';
import type { PGlite } from '@electric-sql/pglite';
import type { PgNotification } from 'bullmq';
import { messageOf } from '../errors.js';
import { checkFolder } from '../platform/folder-check.js';
import { EmbeddedDatabase } from './embedded-database.js';
import { lockFolder } from './folder-lock.js';
import type { Session } from './listen-client.js';
import { openDatabase } from './pglite-database.js';
import { postgresParts } from './postgres-store.js';
import type { Store } from './store.js';
import { UnusableQueue } from './unusable-queue.js';

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
  return pgliteStore(new EmbeddedDatabase(db, folder, () => openDatabase(folder, undefined)), unlock);
}

/** @param unlock lets go of the folder */
export function pgliteStore(database: EmbeddedDatabase, unlock: () => Promise<void>): Store {
  const { folder } = database;
  const parts = postgresParts(database, () => sessionOf(database));
  return {
    kind: 'pglite',
    address: folder,
    ...parts,
    check: async () => {
      await checkFolder(folder);
      await parts.check();
    },
    close: async () => {
      await database.close();
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
async function sessionOf(database: EmbeddedDatabase): Promise<Session> {
  const listeners = new Set<(notification: PgNotification) => void>();
  const detach = await database.onNotification((notification) => {
    for (const listener of listeners) listener(notification);
  });
  return {
    query: (text, params) => database.query(text, params),
    onNotification: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onError: (listener) => database.onPanic(listener),
    release: detach,
  };
}

function unusableFolder(folder: string, error: unknown): UnusableQueue {
  return new UnusableQueue(
    {
      where: `in ${folder}`,
      expected: 'a folder that can be written, empty or with the files of an earlier run',
      came: `the embedded database cannot open it (${messageOf(error)})`,
      advice: 'correct DATA_DIR, or move the folder away to begin with an empty queue',
    },
    error,
  );
}
