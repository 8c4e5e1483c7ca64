import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { ExpiringAddress } from './object-store.js';

/** The most that SigV4 allows. */
const LONGEST_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * An address that anybody may GET an object by. It ends when it should, or before that with the longest time that
 * a signature may have, or with the credentials that sign it: those of a role live for hours.
 */
export async function presignedGet(
  client: S3Client,
  object: { Bucket: string; Key: string; ResponseContentDisposition?: string },
  wanted: Date,
): Promise<ExpiringAddress> {
  const { expiration } = await client.config.credentials();
  const now = Date.now();
  const expiresAt = Math.min(wanted.getTime(), now + LONGEST_MS, expiration?.getTime() ?? Infinity);
  const expiresIn = Math.max(1, Math.floor((expiresAt - now) / 1000));
  const url = await getSignedUrl(client, new GetObjectCommand(object), {
    expiresIn,
    signingDate: new Date(now),
  });
  return { url: new URL(url), expiresAt: new Date(expiresAt) };
}
