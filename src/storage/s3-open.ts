import type { ObjectStore } from './object-store.js';
import { usableStore } from './probe.js';
import { S3Store } from './s3.js';
import { s3Client, type S3Location } from './s3-client.js';

/**
 * Opens a bucket, and tries out everything that the service does there.
 *
 * @throws UnusableStorage, within a minute also where the server accepts connections and says nothing
 */
export function openS3Store(location: S3Location): Promise<ObjectStore> {
  return usableStore(new S3Store(s3Client(location), location));
}
