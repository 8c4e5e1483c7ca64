import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { messageOf } from '../errors.js';

const entry = z.strictObject({
  /** Who the key is given to: the owner of the jobs that are made with it. */
  name: z.string().regex(/^[\w.@-]{1,64}$/, 'expected 1 to 64 letters, digits, _, ., @ and -'),
  /** Hex SHA-256 of the key; the key itself is kept nowhere. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits'),
  createdAt: z.iso.datetime(),
});
const file = z.strictObject({ keys: z.array(entry) });

export type KeyEntry = z.infer<typeof entry>;

/** A key file that can not be used, or a change of it that makes no sense; told in plain words. */
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
    const absent = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const reason = absent ? 'there is no such file. Make one: okulo keys add <name>' : messageOf(cause);
    throw new KeyFileError(`The API keys can not be read from ${path}: ${reason}.`, { cause, absent });
  }
  return parse(path, text);
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
  throw new KeyFileError(`The API keys in ${path} can not be used: ${faults.join('; ')}.`);
}

/** Writes the entries whole: a reader sees the old ones or the new ones. Only its owner may read the file. */
export async function writeKeyFile(path: string, keys: readonly KeyEntry[]): Promise<void> {
  const faults = file.safeParse({ keys });
  if (!faults.success) {
    throw new KeyFileError(
      faults.error.issues.map(({ message }) => `The name of a key: ${message}.`).join(' '),
    );
  }
  const staged = `${path}.${randomUUID()}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(staged, `${JSON.stringify({ keys }, null, 2)}\n`, {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    });
    await rename(staged, path);
  } catch (cause) {
    await rm(staged, { force: true }).catch(() => undefined);
    throw new KeyFileError(`The API keys can not be written to ${path}: ${messageOf(cause)}.`, { cause });
  }
}
