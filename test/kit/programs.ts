import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where this process looks for programs. */
export function foldersOnPath(): string[] {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
}

/** The path of a program, from the first of the folders that has it. */
export function findProgram(name: string, folders: readonly string[] = foldersOnPath()): string | null {
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? null;
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
