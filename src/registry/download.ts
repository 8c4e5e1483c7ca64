import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pRetry, { AbortError } from 'p-retry';
import { Agent, fetch } from 'undici';
import { messageOf } from '../errors.js';
import { matches, startDigest, WrongFile } from './digest.js';
import type { ModelFile } from './manifest.js';

/** A server that says nothing for so long is taken for gone; a slow one may take the time it needs. */
const SILENCE_MS = 60_000;
/** No model of a known size is larger than it says; one of unknown size may be at most so large. */
const MOST_BYTES = 1 << 30;

/**
 * Downloads a model file beside its final place, holds size and digest against the manifest while the bytes
 * pass by, and only then gives it its name: a file under its name is a right one.
 * @param silenceMs how long the server may say nothing, before and within its answer
 * @returns `path`
 * @throws Error that says what went wrong with which address
 */
export async function download(
  url: string,
  file: ModelFile,
  path: string,
  silenceMs = SILENCE_MS,
): Promise<string> {
  // Not the process id: two containers that share a cache are both process 1.
  const staged = `${path}.${randomUUID()}.part`;
  const agent = new Agent({ headersTimeout: silenceMs, bodyTimeout: silenceMs });
  try {
    await mkdir(dirname(path), { recursive: true });
    await pRetry(() => attempt(url, file, staged, agent), { retries: 2, minTimeout: 500 });
    await rename(staged, path);
    return path;
  } catch (cause) {
    await rm(staged, { force: true }).catch(() => undefined);
    throw new Error(`${url}: ${reasonOf(cause)}`, { cause });
  } finally {
    await agent.destroy();
  }
}

async function attempt(url: string, file: ModelFile, staged: string, dispatcher: Agent): Promise<void> {
  const response = await fetch(url, { dispatcher });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    const problem = new Error(`the server answered ${response.status} ${response.statusText}`.trimEnd());
    throw response.status >= 500 || response.status === 429 ? problem : new AbortError(problem);
  }
  const length = file.bytes ?? Number(response.headers.get('content-length') ?? Number.NaN);
  if (file.digest.startsWith('git:') && Number.isNaN(length)) {
    throw new AbortError(
      new WrongFile('neither the manifest nor the server tells the size, which its digest needs'),
    );
  }
  const hash = startDigest(file.digest, length);
  let bytes = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > (file.bytes ?? MOST_BYTES))
        done(new WrongFile('it sends more bytes than the file should have'));
      else done(null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(response.body), check, createWriteStream(staged));
  if (file.bytes !== undefined && bytes !== file.bytes) {
    throw new WrongFile(`it sent ${bytes} bytes, and ${file.bytes} were expected`);
  }
  if (!matches(hash, file.digest))
    throw new AbortError(new WrongFile(`what it sent does not have the digest ${file.digest}`));
}

/** undici's "fetch failed" hides what happened in its cause. */
function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  return cause === undefined ? messageOf(error) : `${messageOf(error)} (${messageOf(cause)})`;
}
