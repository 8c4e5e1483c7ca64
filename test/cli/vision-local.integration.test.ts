import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MODEL_CACHE } from '../kit/service-folders.js';
import { okulo } from './run-okulo.js';
import { visionSuite } from './vision-suite.js';

let temporary: string;
beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'okulo-here-'));
  // So that no command has to tell of it.
  await okulo(['models', 'prepare', 'builtin-classifier', 'builtin-road'], env());
});
afterAll(() => rm(temporary, { recursive: true, force: true }));

const env = () => ({ MODEL_CACHE, MODEL_DOWNLOADS: 'off', INFERENCE_THREADS: '1', TMPDIR: temporary });

visionSuite('the commands, in their own process', () => ({ args: ['--local'], env: env() }));

test('nothing of it is left in the temporary folder', async () => {
  expect(await readdir(temporary)).toEqual([]);
});

test('a job whose result nobody could read afterwards is not begun', async () => {
  const picture = resolve('images/super-resolution/street-corner.png');
  const { code, stderr } = await okulo(['super-resolve', picture, '--local', '--no-out'], env());
  expect([code, stderr]).toEqual([
    2,
    'With --local and --no-out nothing would be left of the work: leave one out.\n',
  ]);
});

test('a configuration that cannot be used is told in words', async () => {
  const wrong = { ...env(), INFERENCE_THREADS: 'many' };
  const { code, stderr } = await okulo(
    ['classify', resolve('images/classification/orange.jpg'), '--local'],
    wrong,
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The configuration cannot be used:\n {2}- INFERENCE_THREADS: /);
});
