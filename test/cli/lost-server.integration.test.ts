/**
 * A server that is killed while pictures are under way, for good or for a while. All at once: most of it is waiting,
 * each for a server of its own.
 */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { picture } from '../kit/service-pictures.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { startService } from '../kit/service.js';
import { hasTerminal, watchOkulo, watchOnTerminal } from './run-okulo.js';

const SHORT = 12;
const names = ['long.png', ...Array.from({ length: SHORT }, (_, n) => `short${n}.png`)];
/** Where all cores are busy with other things; a job of a worker that was killed is taken up again after some 20 s. */
const PATIENCE_MS = 300_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-lost-'));
  await writeFile(join(folder, 'long.png'), await picture({ width: 1200, height: 900 }));
  for (const [n, name] of names.slice(1).entries())
    await writeFile(join(folder, name), await picture({ width: 90 + n, height: 84, seed: n }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const outcomes = z.array(
  z.looseObject({
    file: z.string(),
    error: z.object({ code: z.string(), message: z.string() }).nullish(),
    files: z.array(z.string()).default([]),
  }),
);

test.concurrent(
  'every picture that has no answer is told, and the exit code is 1: as a table, as JSON, on a terminal',
  async () => {
    const service = await startService();
    const args = (out: string) => ['super-resolve', ...names, '--out', out, '--server', service.url];
    const table = watchOkulo(args('table'), {}, folder);
    const json = watchOkulo([...args('json'), '--json'], {}, folder);
    const terminal = hasTerminal ? watchOnTerminal(args('terminal'), {}, folder) : undefined;
    await Promise.all([table.printed(/short4\.png: is job/), json.printed(/short4\.png: is job/)]);
    await service.kill();

    const [asTable, asJson, asShown] = await Promise.all([table.ended, json.ended, terminal?.ended]);
    const told = outcomes.parse(JSON.parse(asJson.stdout));
    expect(told.map(({ file }) => file)).toEqual(names);
    const lost = told.filter(({ error }) => error).map(({ file }) => file);
    expect(lost).toContain('long.png');
    expect(lost).toContain('short11.png');
    for (const { file, error, files } of told) {
      if (error) {
        expect(error.code).toMatch(/^(SERVER_UNREACHABLE|RESULT_NOT_FETCHED)$/);
        expect(error.message).toContain(service.url);
        expect(error.message).toMatch(/ECONNREFUSED|ECONNRESET/);
        expect(error.message).toMatch(/repeat the command/i);
      } else expect(await readdir(join(folder, 'json'))).toContain(file.replace('.png', '.x4.png'));
      expect(files.length > 0).toBe(!error);
    }
    expect(asJson.code).toBe(1);
    expect(asJson.stderr.match(/is lost; trying again/g)).toHaveLength(1);

    for (const ended of [asTable, ...(asShown ? [asShown] : [])]) {
      expect(ended.code).toBe(1);
      const [, rows = ''] = ended.stdout.split(/file +from +to/);
      for (const name of names) {
        const [row = ''] = new RegExp(`^${name} .*$`, 'm').exec(rows) ?? [];
        if (!/ sr-\w+ /.test(row)) expect(row).toMatch(/ (SERVER_UNREACHABLE|RESULT_NOT_FETCHED): .*http/);
      }
    }
    expect(asTable.stdout).toMatch(/^short11\.png +SERVER_UNREACHABLE: /m);
  },
  PATIENCE_MS,
);

test.concurrent(
  'a server that is killed and started again is caught up with, and every picture is written',
  async () => {
    const dataDir = await dataFolder();
    const service = await startService({ dataDir });
    const args = ['super-resolve', ...names, '--server', service.url, '--out', 'again'];
    const run = watchOkulo(args, {}, folder);
    await run.printed(/short4\.png: is job/);
    await service.kill();
    await run.printed(/The connection to the server at \S+ is lost; trying again\.\n/);
    const second = await startService({ dataDir, env: { PORT: new URL(service.url).port } });
    const { code, stdout } = await run.ended;
    expect(stdout).not.toMatch(/SERVER_UNREACHABLE/);
    expect(code).toBe(0);
    const written = names.map((name) => name.replace('.png', '.x4.png'));
    expect(await readdir(join(folder, 'again'))).toEqual(expect.arrayContaining(written));
    await second.stop();
    await removeFolder(dataDir);
  },
  PATIENCE_MS,
);

test.concurrent(
  'questions that are answered at once are told too, and are asked again of a server that comes back',
  async () => {
    const dataDir = await dataFolder();
    // So slow that there are questions under way, and some that have not been asked.
    const service = await startService({ dataDir });
    const many = Array.from({ length: 60 }, () => 'long.png');
    const args = [...many, '--server', service.url, '--no-out', '--json'];
    const run = watchOkulo(['detect', ...args], {}, folder);
    const { url } = service;
    await analyzesMore(url, 0);
    await service.kill();
    await run.printed(/is lost; trying again\.\n/);
    const second = await startService({ dataDir, env: { PORT: new URL(url).port } });
    const { code, stdout } = await run.ended;
    expect(code).toBe(0);
    expect(outcomes.parse(JSON.parse(stdout))).toHaveLength(many.length);

    const before = await analyzed(url);
    const lost = watchOkulo(['detect', ...args], {}, folder);
    await analyzesMore(url, before);
    await second.kill();
    const ended = await lost.ended;
    expect(ended.code).toBe(1);
    const told = outcomes.parse(JSON.parse(ended.stdout));
    expect(told).toHaveLength(many.length);
    expect(told.at(-1)?.error?.code).toBe('SERVER_UNREACHABLE');
    await removeFolder(dataDir);
  },
  PATIENCE_MS,
);

/** How many pictures the service has analyzed since it was started. */
async function analyzed(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const [, count = '0'] = /^okulo_inference_requests_total\{.*kind="analyze".*\} (\d+)/m.exec(metrics) ?? [];
  return Number(count);
}

/** Resolves when it has analyzed another one. */
async function analyzesMore(url: string, than: number): Promise<void> {
  while ((await analyzed(url)) <= than) await new Promise((later) => setTimeout(later, 20));
}
