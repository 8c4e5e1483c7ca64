import { randomUUID } from 'node:crypto';
import { mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../errors.js';
import { CommandFault, Fault } from './fault.js';

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
 * @throws CommandFault
 */
export async function openOutFolder(title: string): Promise<OutFolder> {
  let path: string;
  try {
    await mkdir(title, { recursive: true });
    path = await realpath(title);
    const proof = partIn(path);
    await writeFile(proof, '');
    await rm(proof);
  } catch (error) {
    throw new CommandFault(
      `Results can not be written to ${title}: ${messageOf(error)}. Name another folder with --out.`,
    );
  }
  return {
    title,
    path,
    write: async (name, bytes) => {
      const part = partIn(path);
      try {
        await writeFile(part, bytes);
        await rename(part, join(path, name));
      } catch (error) {
        await rm(part, { force: true }).catch(() => undefined);
        throw new Fault('FILE_NOT_WRITTEN', `${join(title, name)} can not be written: ${messageOf(error)}.`);
      }
      return join(title, name);
    },
  };
}

/** In the same folder, because a rename is atomic only within one file system. */
function partIn(folder: string): string {
  return join(folder, `.${randomUUID()}.part`);
}
