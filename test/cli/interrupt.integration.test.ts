import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { GraphqlClient } from '../kit/graphql-client.js';
import { MODEL_CACHE } from '../kit/service-folders.js';
import { picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';
import { serve } from '../registry/file-server.js';
import { sha256, writeManifest } from '../registry/model-folder.js';
import { watchOkulo } from './run-okulo.js';

/** Where all cores are busy with other things. */
const PATIENCE_MS = 90_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-interrupt-'));
  // Many seconds of work on any machine.
  await writeFile(join(folder, 'large.png'), await picture({ width: 2000, height: 1500 }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A command whose job is under way. */
async function startedJob(where: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const run = watchOkulo(['super-resolve', 'large.png', ...where], env, folder);
  const [, id = ''] = await run.printed(/is job (sr-\w+)/);
  return { run, id };
}

async function statusOf(service: TestService, id: string): Promise<string> {
  const shape = z.object({ job: z.object({ status: z.string() }) });
  return (await new GraphqlClient(service.url).run('job', shape, { id, preview: false })).job.status;
}

test(
  'Ctrl-C cancels the job on the server',
  async () => {
    const service = await startService();
    const { run, id } = await startedJob(['--server', service.url]);
    run.kill('SIGINT');
    const { code, stdout, stderr } = await run.ended;
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).toContain(`large.png: job ${id} is canceled\n`);
    expect(stderr).toMatch(/Interrupted\.\n$/);
    expect(await statusOf(service, id)).toBe('CANCELED');
    await service.stop();
  },
  PATIENCE_MS,
);

test(
  'a job is canceled though nobody reads what is told of it',
  async () => {
    const service = await startService();
    const { run, id } = await startedJob(['--server', service.url]);
    run.deafen();
    run.kill('SIGINT');
    expect(await run.ended).toMatchObject({ code: 130, stdout: '' });
    expect(await statusOf(service, id)).toBe('CANCELED');
    await service.stop();
  },
  PATIENCE_MS,
);

test(
  'a server that goes away is told, and Ctrl-C does not wait for it',
  async () => {
    const service = await startService();
    const { run, id } = await startedJob(['--server', service.url]);
    await service.kill();
    await run.printed(/The connection to the server at \S+ is lost; trying again\.\n/);
    run.kill('SIGINT');
    const { code, stdout, stderr } = await run.ended;
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).toMatch(`job ${id} is not canceled: `);
    expect(stderr.match(/is lost/g)).toHaveLength(1);
  },
  PATIENCE_MS,
);

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)(
  '%s ends a local job, and nothing is left of it',
  async (signal, expected) => {
    const temporary = await mkdtemp(join(folder, 'tmp-'));
    const env = { MODEL_CACHE, MODEL_DOWNLOADS: 'off', TMPDIR: temporary };
    const { run } = await startedJob(['--local'], env);
    expect(await readdir(temporary)).toHaveLength(1);
    run.kill(signal);
    expect((await run.ended).code).toBe(expected);
    expect(await readdir(temporary)).toEqual([]);
  },
  PATIENCE_MS,
);

test(
  'a second Ctrl-C does not wait, and leaves nothing either',
  async () => {
    const temporary = await mkdtemp(join(folder, 'tmp-'));
    const env = { MODEL_CACHE, MODEL_DOWNLOADS: 'off', TMPDIR: temporary };
    const { run } = await startedJob(['--local'], env);
    run.kill('SIGINT');
    run.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
    expect(await readdir(temporary)).toEqual([]);
  },
  PATIENCE_MS,
);

test(
  'the download of a model is ended at once, and nothing is left',
  async () => {
    const content = await readFile(resolve('models/builtin/superres/model.onnx'));
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 1000));
    });
    const MODEL_MANIFESTS = await writeManifest([
      {
        id: 'mine',
        task: 'SUPER_RESOLVE',
        title: 'A small network',
        license: 'Apache-2.0',
        format: 'onnx',
        precision: 'FP32',
        files: [{ name: 'model.onnx', digest: sha256(content), bytes: content.length, url }],
        input: { scale: 1 / 255 },
        output: { parser: 'super-resolution', scale: 4, receptiveFieldRadius: 8 },
      },
    ]);
    const temporary = await mkdtemp(join(folder, 'tmp-'));
    const env = { MODEL_CACHE: join(folder, 'cache'), MODEL_MANIFESTS, TMPDIR: temporary };
    const run = watchOkulo(['super-resolve', 'large.png', '--local', '--model', 'mine'], env, folder);
    await run.printed(/mine: fetching model\.onnx/);
    run.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
    expect(await readdir(temporary)).toEqual([]);
  },
  PATIENCE_MS,
);
