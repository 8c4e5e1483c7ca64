import { randomUUID } from 'node:crypto';
import type { ObjectStore } from './object-store.js';
import { StorageError, UnusableStorage } from './storage-error.js';

const BYTES = Buffer.alloc(4096, 'okulo');

/**
 * Does with a small object of its own everything that the service does with others.
 * @throws StorageError where one of it fails
 */
export async function probeStore(store: ObjectStore): Promise<void> {
  const folder = `probes/${randomUUID()}`;
  const key = `${folder}/probe`;
  // Without the right to list, S3 would say of an object that is missing that it is forbidden.
  await store.get(`${folder}/missing`);
  await store.put(key, BYTES);
  const read = await store.get(key);
  await store.deletePrefix(folder);
  if (!read || !BYTES.equals(read)) throw new StorageError(`read back ${key}`, 'it is not what was written');
}

/**
 * Tries a store out before it is used.
 * @throws UnusableStorage, for a bucket within a minute also where the server accepts connections and says nothing
 */
export async function usableStore(store: ObjectStore): Promise<ObjectStore> {
  try {
    await probeStore(store);
  } catch (error) {
    throw error instanceof StorageError ? new UnusableStorage(store.address, error) : error;
  }
  return store;
}
