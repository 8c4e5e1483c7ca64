import { randomBytes, randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeStaged } from '../platform/staged-file.js';
import { hasErrno } from '../platform/errno.js';
import { makeFolder } from '../platform/make-folder.js';
import { unlessAbsent } from './disk-files.js';

const SECRET_BYTES = 32;

/**
 * The 32 random bytes kept in a file that only its owner may read; the first caller makes it. Processes that start
 * at the same moment all get the same bytes.
 *
 * @throws Error when the file holds anything but 32 bytes
 */
export async function loadOrCreateSecret(path: string): Promise<Buffer> {
  const secret = (await unlessAbsent(readFile(path))) ?? (await createSecret(path));
  if (secret.length !== SECRET_BYTES) {
    throw new Error(
      `${path} should hold a secret of ${SECRET_BYTES} bytes but has ${secret.length}. ` +
        'Delete it to have a new one made; addresses signed with the old one then stop working.',
    );
  }
  return secret;
}

async function createSecret(path: string): Promise<Buffer> {
  await makeFolder(dirname(path));
  await writeStaged({
    staged: `${path}.${randomUUID()}`,
    path,
    write: (staged) => writeFile(staged, randomBytes(SECRET_BYTES), { mode: 0o600, flag: 'wx', flush: true }),
    publish: claim,
  });
  return await readFile(path);
}

/** A link, unlike a rename, fails when the name is taken: the first process wins, with a file that is whole. */
async function claim(staged: string, path: string): Promise<void> {
  await link(staged, path).catch((error: unknown) => {
    if (!hasErrno(error, 'EEXIST')) throw error;
  });
  await rm(staged, { force: true });
}
