import { randomUUID } from 'node:crypto';
import type { ObjectStore } from './object-store.js';
import { S3Store } from './s3.js';
import { s3Client, type S3Location } from './s3-client.js';
import { StorageError, UnusableStorage } from './storage-error.js';

/**
 * Opens a bucket, and tries out everything that the service does there.
 *
 * @throws UnusableStorage, within a minute also where the server accepts connections and says nothing
 */
export async function openS3Store(location: S3Location): Promise<ObjectStore> {
  const store = new S3Store(s3Client(location), location);
  try {
    await probe(store);
  } catch (error) {
    throw error instanceof StorageError ? new UnusableStorage(store.address, error) : error;
  }
  return store;
}

async function probe(store: ObjectStore): Promise<void> {
  const folder = `probes/${randomUUID()}`;
  // Without the right to list, S3 would say of an object that is missing that it is forbidden.
  await store.get(`${folder}/missing`);
  await store.put(`${folder}/probe`, new Uint8Array(1));
  await store.get(`${folder}/probe`);
  await store.deletePrefix(folder);
}
