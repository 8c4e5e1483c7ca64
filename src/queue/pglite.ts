import { mkdir } from 'node:fs/promises';
import type { PgNotification } from 'bullmq';
import { messageOf } from '../errors.js';
import { hasErrno } from '../platform/errno.js';
import { checkFolder } from '../platform/folder-check.js';
import { EmbeddedDatabase } from './embedded-database.js';
import { lockFolder } from './folder-lock.js';
import type { EmbeddedSession } from './embedded-session.js';
import type { Session } from './listen-client.js';
import { postgresParts } from './postgres-store.js';
import type { Store } from './store.js';
import { openInThread } from './threaded-session.js';
import { UnusableQueue } from './unusable-queue.js';

/**
 * The queue inside this process: PostgreSQL as WebAssembly, in a thread, its files in `folder`. One process at a time.
 * @param template see `openDatabase`
 * @throws UnusableQueue when another process has the folder open, or the files cannot be read or written
 */
export async function openPglite(folder: string, template?: string): Promise<Store> {
  const unlock = await lock(folder);
  let session: EmbeddedSession;
  try {
    session = await openInThread({ folder, template });
  } catch (error) {
    await unlock();
    // The package is not there: no matter of the folder.
    throw hasErrno(error, 'ERR_MODULE_NOT_FOUND') ? error : unusableFolder(folder, error);
  }
  return pgliteStore(
    new EmbeddedDatabase(session, folder, () => openInThread({ folder, template: undefined })),
    unlock,
  );
}

/** @param unlock lets go of the folder */
export function pgliteStore(database: EmbeddedDatabase, unlock: () => Promise<void>): Store {
  const { folder } = database;
  const parts = postgresParts(database, () => sessionOf(database));
  return {
    kind: 'pglite',
    address: folder,
    ...parts,
    probe: () => database.ping(),
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
