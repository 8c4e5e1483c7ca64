import { randomUUID } from 'node:crypto';
import { realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeStaged } from '../platform/staged-file.js';
import { errnoOf } from '../platform/errno.js';
import { makeFolder } from '../platform/make-folder.js';
import { CommandFault, Fault, reasonOf } from './fault.js';
import { UsageError } from './usage-error.js';

/** Where results are written. */
export interface OutFolder {
  /** As the person wrote it. */
  readonly title: string;
  /** Without symbolic links. */
  readonly path: string;
  /**
   * Writes a file whole, or not at all.
   * @returns its path, as the person would write it
   * @throws Fault FILE_NOT_WRITTEN
   */
  write(name: string, bytes: Uint8Array): Promise<string>;
}

/**
 * Makes a folder for results, and proves that it can be written before any work is done.
 * @throws CommandFault; UsageError for one without a name
 */
export async function openOutFolder(title: string): Promise<OutFolder> {
  if (title === '') throw new UsageError('Expected a folder for results behind --out, and nothing came.');
  let path: string;
  try {
    await makeFolder(title);
    path = await realpath(title);
    const proof = partIn(path);
    await writeFile(proof, '');
    await rm(proof);
  } catch (error) {
    throw new CommandFault(
      `Results cannot be written to ${title}: ${inWords(error)}. Name another folder with --out.`,
    );
  }
  return {
    title,
    path,
    write: async (name, bytes) => {
      try {
        await writeStaged({
          staged: partIn(path),
          path: join(path, name),
          write: (staged) => writeFile(staged, bytes),
        });
      } catch (error) {
        throw new Fault('FILE_NOT_WRITTEN', `${join(title, name)} cannot be written: ${inWords(error)}.`);
      }
      return join(title, name);
    },
  };
}

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'something that is not a folder has this name, or one above it',
  ENOTDIR: 'something above it is not a folder',
  EISDIR: 'a folder has this name',
  ENOENT: 'nothing can be made there',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'that is read-only',
  ENOSPC: 'the disk is full',
};

function inWords(error: unknown): string {
  return REASONS[errnoOf(error) ?? ''] ?? reasonOf(error);
}

/** In the same folder, because a rename is atomic only within one file system. */
function partIn(folder: string): string {
  return join(folder, `.${randomUUID()}.part`);
}
