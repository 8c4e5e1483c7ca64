import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sweepScratch, withScratch } from '../../../src/jobs/worker/scratch.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-scratch-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('work has a folder of its own, which goes with it', async () => {
  const scratch = join(folder, 'not', 'there', 'yet');
  const seen = await withScratch(scratch, async (own) => {
    await writeFile(join(own, 'canvas'), 'large');
    return readdir(scratch);
  });
  expect(seen).toHaveLength(1);
  expect(await readdir(scratch)).toEqual([]);
});

test('the folder goes when the work fails, too', async () => {
  await expect(withScratch(folder, () => Promise.reject(new Error('No room')))).rejects.toThrow('No room');
  expect(await readdir(folder)).toEqual([]);
});

test('what a killed process left is swept; what is in use is not', async () => {
  const old = new Date(Date.now() - 2 * 3_600_000);
  for (const name of ['left', 'in-use']) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'canvas'), 'large');
  }
  await utimes(join(folder, 'left'), old, old);
  await sweepScratch(folder);
  expect(await readdir(folder)).toEqual(['in-use']);
});

test('there need be nothing to sweep', async () => {
  await sweepScratch(join(folder, 'never-made'));
});
