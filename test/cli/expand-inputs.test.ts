import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expandInputs } from '../../src/cli/expand-inputs.js';
import { UsageError } from '../../src/cli/usage-error.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-inputs-'));
  await mkdir(join(folder, 'more.jpg'));
  for (const name of ['b.jpg', 'a.jpg', 'c.png', 'odd[1].jpg', 'more.jpg/d.jpg'])
    await writeFile(join(folder, name), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the inputs of a command', () => {
  test('are what the arguments name, in their order', async () => {
    expect(await expandInputs(['z.jpg', '-', 'HTTPS://example.com/a.jpg', 'a.jpg'])).toEqual([
      { kind: 'file', path: 'z.jpg' },
      { kind: 'stdin' },
      { kind: 'url', url: 'HTTPS://example.com/a.jpg' },
      { kind: 'file', path: 'a.jpg' },
    ]);
  });

  test('are found by patterns, in the order of their names and without folders', async () => {
    const found = await expandInputs([`${folder}/*.jpg`, `${folder}/{c,d}.png`]);
    expect(found).toEqual(
      ['a.jpg', 'b.jpg', 'odd[1].jpg', 'c.png'].map((name) => ({ kind: 'file', path: join(folder, name) })),
    );
  });

  test('are in the order of their names across folders too', async () => {
    const found = await expandInputs([`${folder}/**/*.jpg`]);
    expect(found).toEqual(
      ['a.jpg', 'b.jpg', 'more.jpg/d.jpg', 'odd[1].jpg'].map((name) => ({
        kind: 'file',
        path: join(folder, name),
      })),
    );
  });

  test('may have names that look like patterns', async () => {
    const path = join(folder, 'odd[1].jpg');
    expect(await expandInputs([path])).toEqual([{ kind: 'file', path }]);
  });

  test('that are missing are files like any other, where a name only looks like a pattern', async () => {
    const names = ['photo+(2).jpg', 'a[1].jpg', '{x,y}.png'];
    expect(await expandInputs(names)).toEqual(names.map((path) => ({ kind: 'file', path })));
  });

  test('cannot be nothing', async () => {
    await expect(expandInputs([`${folder}/*.webp`])).rejects.toThrow(UsageError);
    await expect(expandInputs([`${folder}/*.webp`])).rejects.toThrow(/^Nothing matches the pattern '.*'\.$/);
  });

  test('are on standard input once', async () => {
    await expect(expandInputs(['-', '-'])).rejects.toThrow(/only once/);
  });
});
