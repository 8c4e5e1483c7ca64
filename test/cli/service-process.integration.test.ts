import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NODE_FLAGS } from '../../src/cli/service-process.js';
import { MODEL_CACHE } from '../kit/service-folders.js';
import { okulo, watchOkulo } from './run-okulo.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-serve-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the service is started with the flags of npm start', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  for (const role of ['start serve', 'api api', 'worker worker']) {
    const [script = '', word] = role.split(' ');
    expect(scripts[script]).toBe(['node', ...NODE_FLAGS, 'dist/main.js', word].join(' '));
  }
});

test.each(['SIGINT', 'SIGTERM'] as const)('okulo serve ends in good order on %s', async (signal) => {
  const env = { DATA_DIR: folder, MODEL_CACHE, MODEL_DOWNLOADS: 'off', INFERENCE_THREADS: '1' };
  const run = watchOkulo(['serve', '--port', '0', '--host', '127.0.0.2'], env);
  const [, url = ''] = await run.printed(/GraphQL +(http:\/\/127\.0\.0\.2:\d+)\/graphql/);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  run.kill(signal);
  const { code, stderr } = await run.ended;
  expect(code).toBe(0);
  expect(stderr).toContain('"msg":"stopped"');
});

test('the service does not outlive an okulo serve that was killed', async () => {
  const env = { DATA_DIR: folder, MODEL_CACHE, MODEL_DOWNLOADS: 'off', INFERENCE_THREADS: '1' };
  const run = watchOkulo(['serve', '--port', '0'], env);
  const [, url = ''] = await run.printed(/GraphQL +(http:\/\/\S+)\/graphql/);
  run.kill('SIGKILL');
  // Both write to the same pipes, which end with the last of them.
  expect((await run.ended).stderr).toContain('"msg":"stopped"');
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});

test('its options are its variables, and its exit code is handed back', async () => {
  const { code, stderr } = await okulo(['api', '--host', '0.0.0.0', '--queue', 'redis://127.0.0.1:1']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The configuration cannot be used:\n {2}- HOST: 0\.0\.0\.0 /);
  const worker = await okulo(['worker', '--queue', 'http://127.0.0.1']);
  expect(worker.code).toBe(1);
  expect(worker.stderr).toContain('redis://');
});
