import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ModelFile } from './manifest.js';

/** A model file that is not the one that the manifest means. */
export class WrongFile extends Error {
  override readonly name = 'WrongFile';
}

/**
 * Starts the digest that a manifest names. A git blob id is the SHA-1 of a header with the length and the bytes.
 * @param bytes the file's length; needed for git only
 */
export function startDigest(digest: string, bytes: number): Hash {
  const [algorithm = ''] = digest.split(':');
  if (algorithm !== 'git') return createHash(algorithm);
  return createHash('sha1').update(`blob ${bytes}\0`);
}

/** Compares a finished digest with the manifest's. */
export function matches(hash: Hash, digest: string): boolean {
  return hash.digest('hex') === digest.slice(digest.indexOf(':') + 1);
}

/**
 * Holds a file on disk against its manifest entry.
 * @throws WrongFile when size or digest differ
 */
export async function checkFile(path: string, expected: ModelFile): Promise<void> {
  const { size } = await stat(path);
  if (expected.bytes !== undefined && size !== expected.bytes) {
    throw new WrongFile(`${path} has ${size} bytes, and ${expected.bytes} were expected`);
  }
  const hash = startDigest(expected.digest, size);
  await pipeline(createReadStream(path), hash);
  // The stream has ended the hash: what is left to read is its digest.
  const found = (hash.read() as Buffer).toString('hex');
  if (found !== expected.digest.slice(expected.digest.indexOf(':') + 1)) {
    throw new WrongFile(
      `${path} has the digest ${found}, and ${expected.digest} was expected: it is damaged or another file`,
    );
  }
}
