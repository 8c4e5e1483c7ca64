import { rename, rm } from 'node:fs/promises';

/** How a file is written and takes its name. */
export interface StagedFile {
  /** In the same file system, where a rename is atomic. What a killed process leaves there is its caller's to clear. */
  readonly staged: string;
  readonly path: string;
  /** Fills the staged file, and fails where it is not fit to be kept. */
  readonly write: (staged: string) => Promise<void>;
  /** Gives it its name: by a rename, which replaces what is there, unless said. */
  readonly publish?: (staged: string, path: string) => Promise<void>;
}

/**
 * Writes a file whole or not at all: readers see the old content or the new one. A failure leaves nothing behind.
 * @throws what writing and publishing throw
 */
export async function writeStaged({ staged, path, write, publish = rename }: StagedFile): Promise<void> {
  try {
    await write(staged);
    await publish(staged, path);
  } catch (error) {
    await rm(staged, { force: true }).catch(() => undefined);
    throw error;
  }
}
