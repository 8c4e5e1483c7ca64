import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { AbortError } from 'p-retry';
import { fetch, type Dispatcher, type Response } from 'undici';
import { matches, startDigest, WrongFile } from './digest.js';
import type { ModelFile } from './manifest.js';

/** No model of a known size is larger than it says; one of unknown size may be at most so large. */
const MAX_BYTES = 1 << 30;

/** Tells how much of a file is here by now. */
export type OnBytes = (bytes: number, total: number | undefined) => void;

/** One attempt at a file: where from, and where to. */
export interface Transfer {
  readonly url: string;
  readonly file: ModelFile;
  /** What lies here already is not fetched again. */
  readonly part: string;
  readonly dispatcher: Dispatcher;
  readonly onBytes: OnBytes;
}

/**
 * Fetches what is missing of a file and holds size and digest of the whole against the manifest.
 * What came before a connection broke stays in the part; what is wrong does not.
 * @throws AbortError when another attempt would change nothing
 */
export async function transfer({ url, file, part, dispatcher, onBytes }: Transfer): Promise<void> {
  const kept = await keptBytes(part, file);
  // A range is of the bytes as they are; compressed on their way, they would be counted otherwise.
  const headers = { 'accept-encoding': 'identity', ...(kept > 0 && { range: `bytes=${kept}-` }) };
  const response = await fetch(url, { dispatcher, headers });
  const from = await start(response, kept, part);
  const total = file.bytes ?? lengthOf(response, from);
  onBytes(from, total);
  const hash = digestOf(file, total);
  if (from > 0) await pipeline(createReadStream(part), hash, { end: false });

  try {
    const bytes = await receive(response, {
      file,
      part,
      from,
      hash,
      onBytes: (here) => onBytes(here, total),
    });
    check(file, bytes, lengthOf(response, from), hash, from > 0);
  } catch (error) {
    if (error instanceof AbortError || error instanceof WrongContent) await rm(part, { force: true });
    throw error;
  }
}

/** More bytes than there should be, or others: nothing to go on from, but worth another attempt. */
class WrongContent extends WrongFile {}

/** How much of the file lies in the part; a part that cannot be one of this file is dropped. */
async function keptBytes(part: string, { bytes = MAX_BYTES }: ModelFile): Promise<number> {
  const size = await stat(part).then(
    (found) => found.size,
    () => 0,
  );
  if (size < bytes) return size;
  // Whole, but its process ended before it was checked: rather once more than a rule of its own.
  await rm(part, { force: true });
  return 0;
}

/** @returns the place in the file where the answer's bytes begin */
async function start(response: Response, kept: number, part: string): Promise<number> {
  if (response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${kept}-`))
    return kept;
  if (response.status === 200) return 0;
  await response.body?.cancel();
  const problem = new Error(`the server answered ${response.status} ${response.statusText}`.trimEnd());
  if (response.status === 416 && kept > 0) {
    await rm(part, { force: true });
    throw problem;
  }
  throw response.status >= 500 || response.status === 429 ? problem : new AbortError(problem);
}

function lengthOf({ headers }: Response, from: number): number | undefined {
  const length = headers.get('content-length');
  return length === null ? undefined : from + Number(length);
}

function digestOf(file: ModelFile, total: number | undefined): Hash {
  if (total === undefined && file.digest.startsWith('git:')) {
    throw new AbortError(
      new WrongFile('neither the manifest nor the server tells the size, which its digest needs'),
    );
  }
  return startDigest(file.digest, total ?? 0);
}

/**
 * Writes the answer's bytes into the part, chunk by chunk: what has come when a connection breaks is kept.
 * @returns how many bytes the part has now
 */
async function receive(response: Response, { file, part, from, hash, onBytes }: Reception): Promise<number> {
  const chunks: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
  const target = await open(part, from > 0 ? 'a' : 'w');
  let bytes = from;
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > (file.bytes ?? MAX_BYTES))
        throw new WrongContent('it sends more bytes than the file should have');
      hash.update(chunk);
      await target.writeFile(chunk);
      onBytes(bytes);
    }
  } finally {
    await target.close();
  }
  return bytes;
}

interface Reception {
  readonly file: ModelFile;
  readonly part: string;
  readonly from: number;
  readonly hash: Hash;
  readonly onBytes: (bytes: number) => void;
}

function check(
  file: ModelFile,
  bytes: number,
  promised: number | undefined,
  hash: Hash,
  resumed: boolean,
): void {
  if (file.bytes !== undefined && bytes !== file.bytes) {
    const problem = `it sent ${bytes} bytes, and ${file.bytes} were expected`;
    // All that was promised has come: a whole file, but another one.
    throw bytes === promised ? new WrongContent(problem) : new WrongFile(problem);
  }
  if (matches(hash, file.digest)) return;
  const problem = `what it sent does not have the digest ${file.digest}`;
  // The part may have been of another version of the file.
  throw resumed ? new WrongContent(problem) : new AbortError(new WrongFile(problem));
}
