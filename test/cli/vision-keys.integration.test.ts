import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startService, type TestService } from '../kit/service.js';
import { okulo } from './run-okulo.js';

const PICTURE = resolve('images/super-resolution/street-corner.png');

let folder: string;
let key: string;
let service: TestService;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-keys-'));
  const API_KEYS_FILE = join(folder, 'keys.json');
  const { stdout } = await okulo(['keys', 'add', 'somebody', '--file', API_KEYS_FILE]);
  key = /okulo_[\w-]+/.exec(stdout)?.[0] ?? '';
  service = await startService({ env: { API_KEYS_FILE } });
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a key is sent with requests and with the socket of a job', async () => {
  const server = ['--server', service.url];
  expect((await okulo(['classify', PICTURE, ...server, '--key', key])).code).toBe(0);
  const superResolved = await okulo(['super-resolve', PICTURE, ...server, '--out', join(folder, 'out')], {
    OKULO_KEY: key,
  });
  expect(superResolved.code).toBe(0);
});

test.each([
  ['no key', []],
  ['a wrong key', ['--key', 'okulo_wrong']],
])('%s is told once, with what to do', async (_title, args) => {
  const { code, stdout, stderr } = await okulo([
    'classify',
    PICTURE,
    PICTURE,
    '--server',
    service.url,
    ...args,
  ]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(
    /^The key is refused by the server at http.* Give a valid one by --key or OKULO_KEY\.\n$/,
  );
});
