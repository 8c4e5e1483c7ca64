import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A block of most file systems: there is always room for less in one that has room for anything. */
const PROBE = Buffer.alloc(4096, 'okulo');

/**
 * Writes a small file into a folder, reads it back and removes it.
 * @throws what the system says where one of them fails
 */
export async function checkFolder(folder: string): Promise<void> {
  const path = join(folder, `.okulo-check-${randomUUID()}`);
  try {
    await writeFile(path, PROBE, { flag: 'wx', mode: 0o600 });
    if (!PROBE.equals(await readFile(path))) throw new Error('what was written is not what was read back');
  } finally {
    await rm(path, { force: true });
  }
}

/** A folder that the service needs cannot be used, so it must not start. */
export class UnusableFolder extends Error {
  override readonly name = 'UnusableFolder';

  /** @param facts parts of the sentence for the operator: what the folder is for, where it is and what to do */
  constructor(facts: { purpose: string; folder: string; advice: string }, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `The folder for ${facts.purpose}, ${facts.folder}: expected to write a file, read it back and remove it, but ` +
        `that failed (${reason}); ${facts.advice}.`,
      { cause },
    );
  }
}
