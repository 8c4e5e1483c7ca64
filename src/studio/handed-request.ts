/** Hands a request with its files from one page of the service to the other. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { ownStorage } from './own-storage.js';
import { SERVICE_PATH } from './service-url.js';

export interface HandedRequest {
  readonly query: string;
  /** JSON, in which a file is `@` and its name. */
  readonly variables: string;
}

interface HandedFiles extends DBSchema {
  files: { key: string; value: { id: string; files: readonly File[]; at: number } };
}

const KEPT_AS = 'okulo:handed:';
/** What nobody has come for. */
const OLD_MS = 10 * 60_000;
const LOOKS = { times: 30, everyMs: 100 };

export function newHandOver(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
}

/** The address that opens what was handed over. */
export function handedAt(page: string, id: string): string {
  return `${page}#request=${id}`;
}

/** Leaves a request for the page that is about to open. Files follow a moment later. */
export function handOver(
  id: string,
  { files, ...request }: HandedRequest & { files: readonly File[] },
): void {
  const kept = ownStorage(localStorage, SERVICE_PATH);
  kept.setItem(`${KEPT_AS}${id}`, JSON.stringify(request));
  if (files.length === 0) return;
  void database()
    .then(async (db) => {
      await db.put('files', { id, files, at: Date.now() });
      for (const old of await db.getAll('files'))
        if (Date.now() - old.at > OLD_MS) await db.delete('files', old.id);
    })
    // Without a database the files have to be chosen there; GraphiQL says so when it misses one.
    .catch(() => undefined);
}

/** The request that an address names, once. */
export function takeRequest(hash: string): (HandedRequest & { readonly id: string }) | undefined {
  const [, id] = /^#request=([\w-]+)$/.exec(hash) ?? [];
  if (id === undefined) return undefined;
  const kept = ownStorage(localStorage, SERVICE_PATH);
  const text = kept.getItem(`${KEPT_AS}${id}`);
  kept.removeItem(`${KEPT_AS}${id}`);
  return text === null ? undefined : { id, ...(JSON.parse(text) as HandedRequest) };
}

/** The files of a request, which may still be on their way. */
export async function takeFiles(id: string): Promise<readonly File[]> {
  try {
    const db = await database();
    for (let looks = 0; looks < LOOKS.times; looks += 1) {
      const handed = await db.get('files', id);
      if (handed) {
        await db.delete('files', id);
        return handed.files;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOKS.everyMs));
    }
  } catch {
    // There is no database here.
  }
  return [];
}

function database(): Promise<IDBPDatabase<HandedFiles>> {
  return openDB<HandedFiles>(`okulo-handed:${SERVICE_PATH}`, 1, {
    upgrade: (db) => {
      db.createObjectStore('files', { keyPath: 'id' });
    },
  });
}
