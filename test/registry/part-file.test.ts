import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { withPart } from '../../src/registry/part-file.js';
import { temporaryFolder } from './model-folder.js';

const IDLE_MS = 60_000;

async function place(): Promise<string> {
  return join(await temporaryFolder(), 'weights.bin');
}

test('a second download of this process leaves the part of the first alone', async () => {
  const path = await place();
  await withPart(path, IDLE_MS, async (first) => {
    await writeFile(first, 'half of it');
    await withPart(path, IDLE_MS, async (second) => {
      expect(second).not.toBe(first);
      await expect(access(second)).rejects.toThrow('ENOENT');
    });
    expect(await readFile(first, 'utf8')).toBe('half of it');
  });
});

test('what a download of this process has left is gone on from', async () => {
  const path = await place();
  const failing = withPart(path, IDLE_MS, async (part) => {
    await writeFile(part, 'half of it');
    throw new Error('The connection broke');
  });
  await expect(failing).rejects.toThrow('The connection broke');
  await withPart(path, IDLE_MS, async (part) => {
    expect(await readFile(part, 'utf8')).toBe('half of it');
  });
  expect(await readdir(dirname(path))).toHaveLength(1);
});
