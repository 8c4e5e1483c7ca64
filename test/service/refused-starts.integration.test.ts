/** What cannot run says so in plain words and ends; what is half-wired never looks as if it ran. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { startInVain, startService, type TestService } from '../kit/service.js';

let folder: string;
let running: TestService;

beforeAll(async () => {
  folder = await dataFolder();
  await writeFile(join(folder, 'a-file'), '');
  await writeFile(join(folder, 'wrong.json'), '{ "models": [{ "id": "My Model", "task": "GUESS" }] }');
  running = await startService();
});
afterAll(async () => {
  await running.stop();
  await removeFolder(folder);
});

/** @param wanted patterns of what the reason must name */
async function expectRefusedStart(role: string, env: NodeJS.ProcessEnv, wanted: readonly string[]) {
  const { code, stdout, stderr } = await startInVain(role, env);
  expect(code).toBe(1);
  expect(stdout).not.toContain('is ready');
  for (const words of wanted) expect(stderr).toMatch(new RegExp(words));
  expect(stderr).not.toMatch(/^\s+at |node:internal|\[object/m);
}

describe('a service does not start', () => {
  it('with several faults in its configuration, and names all of them', async () => {
    await expectRefusedStart(
      'serve',
      { PORT: 'many', LOG_LEVEL: 'loud', MAX_UPLOAD_BYTES: '-1', PUBLIC_URL: 'here' },
      ['PORT', 'LOG_LEVEL', 'MAX_UPLOAD_BYTES', 'PUBLIC_URL'],
    );
  });

  it('with settings that do not go together, and names all of them', async () => {
    await expectRefusedStart('api', { HOST: '0.0.0.0', URL_EXEMPT_HOSTS: 'example.com/pictures' }, [
      'QUEUE_URL: .*redis://',
      'HOST: .*ALLOW_ANONYMOUS=true',
      'URL_EXEMPT_HOSTS: .*example.com/pictures',
    ]);
  });

  it('as a worker alone without a queue to share', async () => {
    await expectRefusedStart('worker', {}, ['QUEUE_URL: .*redis://']);
  });

  it('with a role that is none', async () => {
    await expectRefusedStart('juggle', {}, ['serve, api, worker', 'juggle']);
  });

  it('with a model manifest that is not there', async () => {
    await expectRefusedStart('serve', { MODEL_MANIFESTS: join(folder, 'none.json') }, ['none\\.json']);
  });

  it('with a model manifest that makes no sense', async () => {
    await expectRefusedStart('serve', { MODEL_MANIFESTS: join(folder, 'wrong.json') }, [
      'wrong\\.json',
      'task',
    ]);
  });

  it('without the queue that it is told to use', async () => {
    await expectRefusedStart('serve', { QUEUE_URL: 'redis://127.0.0.1:1' }, [
      '127\\.0\\.0\\.1:1',
      'QUEUE_URL',
    ]);
  });

  it('in the data folder of another one', async () => {
    await expectRefusedStart('serve', { DATA_DIR: running.dataDir }, [String(running.pid), 'DATA_DIR']);
  });

  it('on the port of another one', async () => {
    const { port } = new URL(running.url);
    await expectRefusedStart('serve', { PORT: port }, [port, 'PORT']);
  });

  it('where its data folder is a file', async () => {
    await expectRefusedStart('serve', { DATA_DIR: join(folder, 'a-file') }, ['DATA_DIR']);
  });
});
