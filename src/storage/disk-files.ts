import { readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrno, isSystemError } from '../platform/errno.js';
import { StorageError } from './storage-error.js';

/** True for the errors that say that there is no such file: also a folder, or a path through a file. */
export function isAbsence(error: unknown): boolean {
  return hasErrno(error, 'ENOENT', 'ENOTDIR', 'EISDIR');
}

/**
 * Does something with files.
 * @param what like `write jobs/1/output.png`
 * @throws StorageError where the system refuses
 */
export async function attempt<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isSystemError(error) ? new StorageError(what, error) : error;
  }
}

/** @returns the awaited value, or undefined where the file does not exist. */
export async function unlessAbsent<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/** Removes a folder that is empty; one that is filled or gone stays as it is. */
export async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    // Some systems say EEXIST where others say ENOTEMPTY.
    const filled = hasErrno(error, 'ENOTEMPTY', 'EEXIST');
    if (!filled && !isAbsence(error)) throw error;
  }
}

type Entry =
  | { readonly kind: 'file'; readonly name: string }
  // Comes after everything inside it, so that a folder emptied on the way can be removed.
  | { readonly kind: 'folder-end'; readonly name: string };

/**
 * Walks the visible files below `root/name`, in the order of their full names; hidden ones are the store's own.
 *
 * @param name path of the folder relative to `root`, with `/`; `''` for the root itself
 */
export async function* walk(root: string, name: string): AsyncGenerator<Entry> {
  const found = (await unlessAbsent(readdir(join(root, name), { withFileTypes: true }))) ?? [];
  const sorted = found
    .filter((entry) => !entry.name.startsWith('.'))
    // With its slash a folder sorts where its keys sort: `a-b` before `a/b` before `a0`.
    .map((entry) => ({ entry, sortName: entry.isDirectory() ? `${entry.name}/` : entry.name }))
    .sort((a, b) => (a.sortName < b.sortName ? -1 : 1));
  for (const { entry } of sorted) {
    const path = name === '' ? entry.name : `${name}/${entry.name}`;
    if (entry.isDirectory()) {
      yield* walk(root, path);
      yield { kind: 'folder-end', name: path };
    } else if (entry.isFile()) {
      yield { kind: 'file', name: path };
    }
  }
}
