import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CommandFault } from '../../src/cli/fault.js';
import { openOutFolder } from '../../src/cli/out-folder.js';
import { UsageError } from '../../src/cli/usage-error.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-out-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the folder for results', () => {
  test('is made, with those above it', async () => {
    const out = await openOutFolder(join(folder, 'a/b'));
    expect(await readdir(out.title)).toEqual([]);
    expect(await out.write('x.json', Buffer.from('1'))).toBe(join(folder, 'a/b/x.json'));
    await out.write('x.json', Buffer.from('2'));
    expect(await readFile(join(out.title, 'x.json'), 'utf8')).toBe('2');
  });

  test('cannot be a file', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(openOutFolder(join(folder, 'file'))).rejects.toThrow(CommandFault);
    await expect(openOutFolder(join(folder, 'file'))).rejects.toThrow(/something that is not a folder/);
    await expect(openOutFolder(join(folder, 'file/below'))).rejects.toThrow(/Name another folder with --out/);
  });

  test('cannot be nothing', async () => {
    await expect(openOutFolder('')).rejects.toThrow(UsageError);
  });

  test.runIf(existsSync('/proc'))('cannot be where nothing can be made', async () => {
    for (const path of ['/proc/nope', '/proc/nope/below'])
      await expect(openOutFolder(path)).rejects.toThrow(/^Results cannot be written to \/proc\/nope/);
  });

  test('has no part of a file that cannot be written', async () => {
    await mkdir(join(folder, 'x.json/taken'), { recursive: true });
    const out = await openOutFolder(folder);
    await expect(out.write('x.json', Buffer.from('1'))).rejects.toMatchObject({ code: 'FILE_NOT_WRITTEN' });
    expect(await readdir(folder)).toEqual(['x.json']);
  });
});
