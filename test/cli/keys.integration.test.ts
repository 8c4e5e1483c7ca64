import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { digestOfKey } from '../../src/auth/api-key.js';
import { okulo } from './run-okulo.js';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-keys-'));
  file = join(folder, 'keys.json');
});
afterAll(() => rm(folder, { recursive: true }));

const keys = (...args: string[]) => okulo(['keys', ...args], { API_KEYS_FILE: file });

it('makes, lists and withdraws keys', async () => {
  const added = await keys('add', 'alice');
  expect(added).toMatchObject({ code: 0 });
  const key = added.stdout.trim();
  expect(key).toMatch(/^okulo_/);
  expect(added.stderr).toContain('shown this once');
  expect(await readFile(file, 'utf8')).toContain(digestOfKey(key));

  expect((await keys('add', '--admin', 'bob')).code).toBe(0);
  const listed = z
    .array(z.strictObject({ name: z.string(), createdAt: z.iso.datetime(), admin: z.boolean() }))
    .parse(JSON.parse((await keys('list', '--json')).stdout));
  expect(listed.map(({ name, admin }) => [name, admin])).toEqual([
    ['alice', false],
    ['bob', true],
  ]);

  expect((await keys('remove', 'alice')).code).toBe(0);
  const left = await keys('list');
  expect(left.stdout).toContain('bob');
  expect(left.stdout).not.toContain('alice');
});

it('says what cannot be done, and exits with 2', async () => {
  await keys('add', 'carol');
  const again = await keys('add', 'carol');
  expect(again).toMatchObject({ code: 2, stdout: '' });
  expect(again.stderr).toContain("There is a key for 'carol' already");
  const nobody = await keys('remove', 'dave');
  expect(nobody.code).toBe(2);
  expect(nobody.stderr).toMatch(/no key for 'dave'. There are: .*carol/);
  const nowhere = await okulo(['keys', 'list'], { API_KEYS_FILE: '' });
  expect(nowhere.code).toBe(2);
  expect(nowhere.stderr).toContain('--file');
});

it('takes another file, and says when it is not there or the name is no name', async () => {
  const none = await keys('list', '--file', join(folder, 'none.json'));
  expect(none).toMatchObject({ code: 1, stdout: '' });
  expect(none.stderr).toContain('there is no such file');
  const name = await keys('add', 'a b');
  expect(name).toMatchObject({ code: 1, stdout: '' });
  expect(name.stderr).toMatch(/name of a key/);
});
