import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/platform/make-folder.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-make-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

const isFolder = async (path: string) => (await stat(path)).isDirectory();

describe('makeFolder', () => {
  it('makes the folders above as well', async () => {
    await makeFolder(join(folder, 'a/b/c'));
    expect(await isFolder(join(folder, 'a/b/c'))).toBe(true);
  });

  it('takes a folder that is there, and one that others make at the same time', async () => {
    const paths = Array.from({ length: 20 }, () => join(folder, 'same/place'));
    await Promise.all(paths.map(makeFolder));
    await makeFolder(join(folder, 'same/place'));
    expect(await isFolder(join(folder, 'same/place'))).toBe(true);
  });

  it('says when something above is a file', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(makeFolder(join(folder, 'file/below'))).rejects.toMatchObject({ code: 'EEXIST' });
  });

  it.skipIf(!existsSync('/proc/self'))(
    'ends where nothing can be made although the parent is there',
    async () => {
      await expect(makeFolder('/proc/nope/below')).rejects.toMatchObject({ code: 'ENOENT' });
    },
  );
});
