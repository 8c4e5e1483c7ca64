import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { completed, SMALL_TILES } from '../kit/service-jobs.js';
import { operation } from '../kit/service-operations.js';
import { picture, pngFile } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';
import { hasTerminal, okulo, watchOkulo, watchOnTerminal } from './run-okulo.js';

const NONE = `sr-${'0'.repeat(32)}`;

let folder: string;
let service: TestService;
let client: GraphqlClient;
let server: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-jobs-'));
  service = await startService({ env: SMALL_TILES });
  client = new GraphqlClient(service.url);
  server = ['--server', service.url];
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

const jobs = (...args: string[]) => okulo(['jobs', ...args, ...server]);
const submitted = z.object({ superResolve: z.object({ id: z.string() }) });

async function upload(name: string, seed: number, size = {}): Promise<string> {
  const file = pngFile(await picture({ seed, ...size }), name);
  return dataOf(await client.upload(operation('super-resolve'), file), submitted).superResolve.id;
}

/** So large that there is time to do something with its job. */
const large = (name: string, seed: number) => upload(name, seed, { width: 640, height: 480 });

describe('jobs list', () => {
  test('prints a line for each job in a pipe, and JSON', async () => {
    const id = await upload('a fruit.png', 1);
    await completed(client, id);
    const { code, stdout, stderr } = await jobs('list', '--search', 'FRUIT');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      new RegExp(`^${id}\ta fruit\\.png\tCOMPLETED\t160x120\t640x480\t\\d{4}-[\\d:.TZ-]+\tDone\n$`),
    );
    const json = await jobs('list', '--json', '--status', 'completed');
    expect(JSON.parse(json.stdout)).toMatchObject([{ id, name: 'a fruit.png', status: 'COMPLETED' }]);
    expect((await jobs('list', '--status', 'failed')).stdout).toBe('');
  });

  test('goes through as many pages as there are, and stops at a limit', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 56; n += 1) ids.push(await upload(`many-${n}.png`, 100 + n, { width: 8, height: 8 }));
    const { stdout } = await jobs('list', '--search', 'many-', '--limit', '1000', '--json');
    const listed = z.array(z.object({ id: z.string() })).parse(JSON.parse(stdout));
    expect(listed.map(({ id }) => id)).toEqual(ids.reverse());
    expect((await jobs('list', '--limit', '3')).stdout.trim().split('\n')).toHaveLength(3);
  });

  test.skipIf(!hasTerminal)('prints a table on a terminal', async () => {
    const ended = await watchOnTerminal(['jobs', 'list', ...server, '--search', 'a fruit'], {}).ended;
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/^job +name +status +from +to +created +progress/);
    expect(ended.stdout).toMatch(/sr-\w+ +a fruit\.png +COMPLETED +160x120 +640x480/);
  });
});

describe('jobs show', () => {
  test('prints what is known of a job', async () => {
    const id = await upload('shown.png', 2);
    await completed(client, id);
    const { code, stdout } = await jobs('show', id);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^job\t${id}\nname\tshown\\.png\nstatus\tCOMPLETED\n`));
    expect(stdout).toMatch(/\nresult\thttp\S+name=shown\.x4\.png\n/);
    const json = JSON.parse((await jobs('show', id, '--json')).stdout) as unknown;
    expect(json).toMatchObject({ id, input: { width: 160 }, source: { mediaType: 'image/png' } });
  });

  test('says that there is no such job', async () => {
    const { code, stdout, stderr } = await jobs('show', NONE);
    expect([code, stdout, stderr]).toEqual([
      1,
      '',
      `${NONE}: JOB_NOT_FOUND: There is no such job of yours.\n`,
    ]);
  });
});

describe('jobs follow', () => {
  test('tells how far a job is, and where its result is', async () => {
    const id = await large('followed.png', 3);
    const { code, stdout, stderr } = await jobs('follow', id);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${id}\tCOMPLETED\thttp\\S+\n$`));
    expect(stderr).toMatch(/: \d+ of 300 tiles/);
  });

  test('prints a line of JSON for each change', async () => {
    const id = await large('in JSON.png', 4);
    const { code, stdout } = await jobs('follow', id, '--json');
    const states = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { status: string });
    expect([code, states.at(-1)?.status]).toEqual([0, 'COMPLETED']);
    expect(states.length).toBeGreaterThan(3);
  });

  test('ends with 1 when the job is canceled, or is not there', async () => {
    const id = await large('to cancel.png', 5);
    const following = watchOkulo(['jobs', 'follow', id, ...server], {});
    await following.printed(/tiles/);
    await jobs('cancel', id);
    expect(await following.ended).toMatchObject({ code: 1, stdout: `${id}\tCANCELED\t\n` });
    expect(await jobs('follow', NONE)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^sr-0+: JOB_NOT_FOUND: .+\n$/) as string,
    });
  });

  test('leaves the job alone at Ctrl-C', async () => {
    const id = await large('left alone.png', 6);
    const following = watchOkulo(['jobs', 'follow', id, ...server], {});
    await following.printed(/tiles/);
    following.kill('SIGINT');
    expect((await following.ended).code).toBe(130);
    await completed(client, id);
  });
});

describe('jobs cancel, retry and delete', () => {
  test('say what the jobs are afterwards', async () => {
    const id = await large('changed.png', 7);
    expect(await jobs('cancel', id)).toMatchObject({ code: 0, stdout: `${id}\tCANCELED\n`, stderr: '' });
    expect((await jobs('retry', id)).stdout).toMatch(/\t(QUEUED|RUNNING)\n$/);
    const early = await jobs('delete', id);
    expect([early.code, early.stdout]).toEqual([1, '']);
    expect(early.stderr).toMatch(new RegExp(`^${id}: JOB_NOT_FINISHED: .+ Cancel it first\\.\n$`));
    await jobs('cancel', id);
    expect(await jobs('delete', id)).toMatchObject({ code: 0, stdout: `${id}\tDELETED\n` });
    expect((await jobs('show', id)).code).toBe(1);
  });

  test('go on after one that cannot be changed', async () => {
    const id = await upload('deleted.png', 8);
    await completed(client, id);
    const { code, stdout, stderr } = await jobs('delete', NONE, id, '--json');
    expect([code, stderr]).toEqual([1, '']);
    expect(JSON.parse(stdout)).toMatchObject([
      { id: NONE, error: { code: 'JOB_NOT_FOUND' } },
      { id, status: 'DELETED' },
    ]);
  });
});

test('super-resolve names its jobs after the files', async () => {
  const file = resolve('images/super-resolution/street-corner.png');
  await okulo(['super-resolve', file, ...server, '--out', join(folder, 'out')]);
  expect((await jobs('list', '--search', 'street-corner')).stdout).toMatch(/\tstreet-corner\.png\tCOMPLETED/);
});

describe('what cannot be done', () => {
  test('is told in a line or two where the command line is wrong', async () => {
    for (const args of [['show'], ['list', '--status', 'done'], ['list', '--limit', '0'], ['cancel']]) {
      const { code, stdout, stderr } = await okulo(['jobs', ...args]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(new RegExp(`^error: .+\nSee: okulo jobs ${args[0] ?? ''} --help\n$`));
    }
  });

  test('is told in a sentence where there is no server', async () => {
    const { code, stdout, stderr } = await okulo([
      'jobs',
      'delete',
      NONE,
      NONE,
      '--server',
      'http://127.0.0.1:1',
    ]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^(The connection .+\n)?Cannot use the server at http:\/\/127\.0\.0\.1:1\/graphql\. .+ or name another with --server\.\n$/,
    );
  }, 60_000);
});

test('a key is sent, and one that is refused is told once', async () => {
  const API_KEYS_FILE = join(folder, 'own-keys.json');
  const made = await okulo(['keys', 'add', 'somebody', '--file', API_KEYS_FILE]);
  const key = /okulo_[\w-]+/.exec(made.stdout)?.[0] ?? '';
  const locked = await startService({ env: { API_KEYS_FILE } });
  const list = ['jobs', 'list', '--server', locked.url];
  expect(await okulo(list, { OKULO_KEY: key })).toEqual({ code: 0, stdout: '', stderr: '' });
  const { code, stderr } = await okulo([...list, '--key', 'okulo_wrong']);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^The key is refused by the server at .+ Give a valid one by --key or OKULO_KEY\.\n$/,
  );
  await locked.stop();
});
