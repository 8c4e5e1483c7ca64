import { randomUUID } from 'node:crypto';
import { readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf, hasErrno } from '../platform/errno.js';
import { makeFolder } from '../platform/make-folder.js';
import { z } from 'zod';
import { messageOf } from '../errors.js';
import { withLock } from '../platform/file-lock.js';
import { writeStaged } from '../platform/staged-file.js';

const entry = z.strictObject({
  /** Who the key is given to: the owner of the jobs that are made with it. */
  name: z.string().regex(/^[\w.@-]{1,64}$/, 'expected 1 to 64 letters, digits, _, ., @ and -'),
  /** Hex SHA-256 of the key; the key itself is kept nowhere. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits'),
  createdAt: z.iso.datetime(),
  /** Whether it may change what all owners share. */
  admin: z.boolean().optional(),
});
const file = z.strictObject({ keys: z.array(entry) });

export type KeyEntry = z.infer<typeof entry>;

/** A key file that cannot be used, or a change of it that makes no sense; told in plain words. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';

  /** @param options `absent`: there is no file */
  constructor(message: string, options: { cause?: unknown; absent?: boolean } = {}) {
    super(message, { cause: options.cause });
    this.absent = options.absent ?? false;
  }

  readonly absent: boolean;
}

/**
 * Reads the keys' entries.
 * @throws KeyFileError when there is no such file, or it is of another form
 */
export async function readKeyFile(path: string): Promise<KeyEntry[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const absent = hasErrno(cause, 'ENOENT');
    const reason = absent ? 'there is no such file. Make one: okulo keys add <name>' : messageOf(cause);
    throw new KeyFileError(`The API keys cannot be read from ${path}: ${reason}.`, { cause, absent });
  }
  return parse(path, text);
}

/**
 * Reads the entries of a text that a variable holds, in the form of a key file.
 * @throws KeyFileError, which quotes nothing of the text: somebody may have put a key itself there
 */
export function readKeyText(variable: string, text: string): KeyEntry[] {
  try {
    JSON.parse(text);
  } catch {
    throw new KeyFileError(
      `The API keys in ${variable} are not JSON: expected what a file of 'okulo keys add' holds.`,
    );
  }
  return parse(variable, text);
}

function parse(path: string, text: string): KeyEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new KeyFileError(`The API keys in ${path} are not JSON: ${messageOf(cause)}.`, { cause });
  }
  const parsed = file.safeParse(value);
  if (parsed.success) return parsed.data.keys;
  const faults = parsed.error.issues.map(({ path: at, message }) => `${at.join('.') || 'file'}: ${message}`);
  throw new KeyFileError(`The API keys in ${path} cannot be used: ${faults.join('; ')}.`);
}

/**
 * Changes the entries: reads them, none where there is no file yet, and writes what becomes of them, whole. Of
 * several processes that do so at a time, each finds what the one before has left. Only its owner may read the file.
 * @throws KeyFileError, and what the change throws
 */
export async function changeKeyFile(
  path: string,
  change: (keys: readonly KeyEntry[]) => readonly KeyEntry[],
): Promise<void> {
  // A link stays a link: what it leads to is written.
  const target = await realpath(path).catch(() => path);
  await written(path, async () => {
    await makeFolder(dirname(target));
    await withLock(`${target}.lock`, async () => {
      const keys = checked(change(await readKeyFile(target).catch(noneYet)));
      await replace(target, `${JSON.stringify({ keys }, null, 2)}\n`);
    });
  });
}

function noneYet(error: unknown): KeyEntry[] {
  if (error instanceof KeyFileError && error.absent) return [];
  throw error;
}

function checked(keys: readonly KeyEntry[]): readonly KeyEntry[] {
  const parsed = file.safeParse({ keys });
  if (parsed.success) return keys;
  throw new KeyFileError(
    parsed.error.issues.map(({ message }) => `The name of a key: ${message}.`).join(' '),
  );
}

/** A reader sees the old content or the new one. */
async function replace(path: string, text: string): Promise<void> {
  await writeStaged({
    staged: `${path}.${randomUUID()}`,
    path,
    write: (staged) => writeFile(staged, text, { mode: 0o600, flag: 'wx', flush: true }),
  });
}

async function written(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    if (errnoOf(cause) === undefined) throw cause;
    throw new KeyFileError(`The API keys cannot be written to ${path}: ${messageOf(cause)}.`, { cause });
  }
}
