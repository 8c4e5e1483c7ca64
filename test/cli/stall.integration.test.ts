/** A command whose process has nothing left to wait for, though pictures have no answer: a defect, and never exit code 0. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startService, type TestService } from '../kit/service.js';
import { hasTerminal, watchModule } from './run-okulo.js';

let folder: string;
let service: TestService;
beforeAll(async () => {
  service = await startService();
  folder = await mkdtemp(join(tmpdir(), 'okulo-stall-'));
  for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) await writeFile(join(folder, name), name);
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Answers one picture, and never any other; which file is read first is a matter of luck. */
const program = (json: boolean) => `
  import { runVision } from '${pathToFileURL(resolve('dist/cli/run-vision.js')).href}';
  const answer = async ({ upload }) =>
    (await upload.text()) === 'a.jpg'
      ? { data: { x: 1 }, rows: [['orange']], csv: [], pictures: [] }
      : new Promise(() => undefined);
  const models = [{ task: 'CLASSIFY' }];
  const task = { models, makesPictures: false, columns: [{ name: 'label' }], answer };
  const options = { server: '${service.url}', json: ${String(json)}, concurrency: 2 };
  runVision(task, ['a.jpg', 'b.jpg', 'c.jpg'], options);
`;

const notAnswered = /^(b|c)\.jpg +NOT_ANSWERED: The command came to its end without an answer/gm;

test('is told of each picture, with exit code 1', async () => {
  const { code, stdout } = await watchModule(program(false), folder, false).ended;
  expect(code).toBe(1);
  expect(stdout).toMatch(/^a\.jpg +orange$/m);
  expect(stdout.match(notAnswered)).toHaveLength(2);
});

test('is told in JSON too', async () => {
  const { code, stdout } = await watchModule(program(true), folder, false).ended;
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject([
    { file: 'a.jpg', x: 1 },
    { file: 'b.jpg', error: { code: 'NOT_ANSWERED' } },
    { file: 'c.jpg', error: { code: 'NOT_ANSWERED' } },
  ]);
});

test.runIf(hasTerminal)('is told on a terminal too, whose bar keeps no process alive', async () => {
  const { code, stdout } = await watchModule(program(false), folder, true).ended;
  expect(code).toBe(1);
  expect(stdout.replaceAll('\r', '').match(notAnswered)).toHaveLength(2);
});
