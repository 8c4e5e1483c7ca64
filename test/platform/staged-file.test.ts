import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeStaged } from '../../src/platform/staged-file.js';

describe('a staged file', () => {
  let folder: string;
  let path: string;
  let staged: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'okulo-staged-'));
    [path, staged] = [join(folder, 'file'), join(folder, 'file.part')];
    await writeFile(path, 'before');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('takes its name when it is whole, and replaces what was there', async () => {
    await writeStaged({
      staged,
      path,
      write: async (part) => {
        await writeFile(part, 'half');
        expect(await readFile(path, 'utf8')).toBe('before');
        await writeFile(part, 'after');
      },
    });
    expect(await readFile(path, 'utf8')).toBe('after');
    expect(await readdir(folder)).toEqual(['file']);
  });

  it.each([
    ['writing', { write: () => Promise.reject(new Error('no')) }],
    [
      'writing half of it',
      {
        write: async (part: string) => {
          await writeFile(part, 'half');
          throw new Error('no');
        },
      },
    ],
    [
      'publishing',
      { write: (part: string) => writeFile(part, 'whole'), publish: () => Promise.reject(new Error('no')) },
    ],
  ])('leaves what was there and nothing else when %s fails', async (_, steps) => {
    await expect(writeStaged({ staged, path, ...steps })).rejects.toThrow('no');
    expect(await readFile(path, 'utf8')).toBe('before');
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('is published as its caller says', async () => {
    const publish = (part: string) => rename(part, join(folder, 'other'));
    await writeStaged({ staged, path, write: (part) => writeFile(part, 'after'), publish });
    expect((await readdir(folder)).sort()).toEqual(['file', 'other']);
  });
});
