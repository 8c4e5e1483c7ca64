import { rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../platform/make-folder.js';
import pRetry, { AbortError } from 'p-retry';
import { Agent } from 'undici';
import { messageOf } from '../errors.js';
import type { ModelFile } from './manifest.js';
import { withPart } from './part-file.js';
import { transfer, type OnBytes } from './transfer.js';
import { cacheFault, UnusableCache } from './unusable-cache.js';

/** A server that says nothing for so long is taken for gone; a slow one may take the time it needs. */
const SILENCE_MS = 60_000;

/**
 * Downloads a model file beside its final place, holds size and digest against the manifest while the bytes
 * pass by, and only then gives it its name: a file under its name is a right one. A connection that breaks is
 * taken up where it broke, now or by the next process that wants the file.
 * @param options `onBytes` is told how much is here; `silenceMs`: how long the server may say nothing, before
 *   and within its answer
 * @returns `path`
 * @throws UnusableCache, or Error that says what went wrong with which address
 */
export async function download(
  url: string,
  file: ModelFile,
  path: string,
  { onBytes = () => undefined, silenceMs = SILENCE_MS }: { onBytes?: OnBytes; silenceMs?: number } = {},
): Promise<string> {
  const dispatcher = new Agent({ headersTimeout: silenceMs, bodyTimeout: silenceMs });
  try {
    await makeFolder(dirname(path));
    await withPart(path, 2 * silenceMs, async (part) => {
      try {
        await pRetry(() => attempt({ url, file, part, dispatcher, onBytes }, path), {
          retries: 2,
          minTimeout: 500,
        });
        await rename(part, path);
      } catch (cause) {
        await leave(part, cacheFault(file.name, dirname(path), cause));
        throw cause;
      }
    });
    return path;
  } catch (cause) {
    const fault = cacheFault(file.name, dirname(path), cause);
    throw fault instanceof UnusableCache ? fault : new Error(`${url}: ${reasonOf(cause)}`, { cause });
  } finally {
    await dispatcher.destroy();
  }
}

/** A full disk is no better a moment later. */
async function attempt(parts: Parameters<typeof transfer>[0], path: string): Promise<void> {
  await transfer(parts).catch((error: unknown) => {
    const fault = cacheFault(parts.file.name, dirname(path), error);
    throw fault instanceof UnusableCache ? new AbortError(fault) : error;
  });
}

/** What is there of the file stays for the next attempt, unless it is nothing or the disk is full. */
async function leave(part: string, fault: unknown): Promise<void> {
  const empty = await stat(part).then(
    ({ size }) => size === 0,
    () => false,
  );
  if (empty || fault instanceof UnusableCache) await rm(part, { force: true }).catch(() => undefined);
}

/** undici's "fetch failed" hides what happened in its cause. */
function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  return cause === undefined ? messageOf(error) : `${messageOf(error)} (${messageOf(cause)})`;
}
