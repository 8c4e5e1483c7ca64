import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { SERVICE_PATH } from '../../service-url.js';
import type { PictureSource } from './picture.js';

/** More than anybody goes back to, and little of what browsers allow. */
const MAX = { pictures: 200, bytes: 300_000_000 };

interface KeptPicture {
  readonly id: string;
  readonly source: PictureSource;
  readonly at: number;
}

interface Kept extends DBSchema {
  pictures: { key: string; value: KeptPicture; indexes: { at: number } };
}

let opened: Promise<IDBPDatabase<Kept>> | undefined;

/** The browser's own database of this service's page. @throws where the browser has none, as in some private windows */
function database(): Promise<IDBPDatabase<Kept>> {
  return (opened ??= openDB<Kept>(`okulo:${SERVICE_PATH}`, 2, {
    upgrade: (db) => {
      // Pictures of an earlier form are let go of.
      if (db.objectStoreNames.contains('pictures')) db.deleteObjectStore('pictures');
      db.createObjectStore('pictures', { keyPath: 'id' }).createIndex('at', 'at');
    },
  }));
}

/**
 * Keeps a picture for later visits of this page, and lets go of the oldest beyond what is reasonable.
 * @returns false where the browser does not keep it
 */
export async function keepSource(id: string, source: PictureSource): Promise<boolean> {
  try {
    const db = await database();
    await db.put('pictures', { id, source, at: Date.now() });
    await sweep(db);
    return true;
  } catch {
    return false;
  }
}

/** A picture that was kept; undefined when it is no longer there, or never was. */
export async function keptSource(id: string): Promise<PictureSource | undefined> {
  try {
    return (await (await database()).get('pictures', id))?.source;
  } catch {
    return undefined;
  }
}

async function sweep(db: IDBPDatabase<Kept>): Promise<void> {
  const kept = { pictures: 0, bytes: 0 };
  const changes = db.transaction('pictures', 'readwrite');
  for await (const cursor of changes.store.index('at').iterate(null, 'prev')) {
    const { source } = cursor.value;
    kept.pictures += 1;
    kept.bytes += source.from === 'file' ? source.file.size : 0;
    // The newest stays whatever its size.
    const isTooMuch = kept.pictures > MAX.pictures || kept.bytes > MAX.bytes;
    if (kept.pictures > 1 && isTooMuch) await cursor.delete();
  }
  await changes.done;
}
