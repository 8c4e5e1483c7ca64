/** Every block of docs/clients.md, run as it stands against a service; only the service's address is another. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from '../kit/service.js';

const PAGE = 'docs/clients.md';
const HOST = '127.0.0.1:4000';

const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
const runtimes = {
  sh: has('bash', '-c', 'curl --json x --version && base64 --version'),
  python: has('python3', '-c', 'import gql, requests, requests_toolbelt, websockets'),
};
if (!runtimes.sh)
  console.log('Not run: the curl blocks of docs/clients.md (no bash, or no curl from 7.82 on).');
if (!runtimes.python)
  console.log('Not run: the Python blocks of docs/clients.md (pip install "gql[requests,websockets]").');

let folder: string;
let service: TestService;
let page: string;

beforeAll(async () => {
  page = await readFile(PAGE, 'utf8');
  // What a block writes goes here, and what it reads looks as it does from the repository's root.
  folder = await mkdtemp(join(tmpdir(), 'okulo-clients-'));
  for (const name of ['images', 'node_modules']) await symlink(resolve(name), join(folder, name));
  service = await startService();
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

/** The text of the section's blocks in a language. */
function blocks(section: string, language: string): string[] {
  const [, text = ''] = page.split(new RegExp(`^## ${section}$`, 'm'));
  const [own = ''] = text.split(/^## /m);
  const found = [...own.matchAll(new RegExp('^```' + language + '\\n(.*?)^```$', 'gms'))];
  return found.map(([, code = '']) => code.replaceAll(HOST, new URL(service.url).host));
}

async function run(program: string, args: readonly string[]): Promise<string> {
  // A block that waits for something that never comes must not wait for the suite's own limit.
  const { stdout } = await promisify(execFile)(program, args, { cwd: folder, timeout: 60_000 });
  return stdout;
}

async function runFile(name: string, code: string | undefined, program: string, ...args: string[]) {
  await writeFile(join(folder, name), code ?? '');
  return run(program, [...args, name]);
}

const shell = (code = '') => run('bash', ['-eu', '-c', code]);

describe.skipIf(!runtimes.sh)('curl', () => {
  it('detects objects in an uploaded picture', async () => {
    const [detect] = blocks('curl', 'sh');
    const answer = await shell(detect);
    expect(answer).toContain('"label":"car"');
    expect(answer).toMatch(/"annotated":\{"url":"http/);
  });

  it('queues a job, asks until it has ended, and fetches its result', async () => {
    const [, enlarge] = blocks('curl', 'sh');
    expect(await shell(enlarge)).toContain('COMPLETED');
    const [input, output] = await Promise.all(
      ['images/super-resolution/fruit.png', 'enlarged.png'].map((path) =>
        sharp(join(folder, path)).metadata(),
      ),
    );
    expect(output).toMatchObject({
      format: 'png',
      width: (input?.width ?? 0) * 4,
      height: (input?.height ?? 0) * 4,
    });
  });

  it('asks the four REST routes', async () => {
    const [ask] = blocks('The REST routes of the earlier service', 'sh');
    const [classified, road, enlarged, found] = (await shell(ask)).replaceAll('}{', '}\n{').split('\n');
    expect(classified).toBe('{"img_class":"banana"}');
    expect(road).toMatch(/\{"seg_image":"iVBOR/);
    expect(enlarged).toMatch(/\{"super":"iVBOR/);
    expect(found).toMatch(/^\{"detections":\[\{"class_id":7,/);
  });
});

it('TypeScript classifies, queues a job and follows it to its end', async () => {
  const [code] = blocks('TypeScript', 'ts');
  const printed = await runFile('client.mts', code, process.execPath, '--import', 'tsx');
  expect(printed).toContain("name: 'banana'");
  expect(printed).toContain("status: 'COMPLETED'");
  expect(printed).toMatch(/url: 'http.*\.png/);
});

describe.skipIf(!runtimes.python)('Python', () => {
  it('detects, queues a job and follows it to its end, by gql', async () => {
    const [code] = blocks('Python', 'python');
    const printed = await runFile('client.py', code, 'python3');
    expect(printed).toMatch(/^car 0\.\d\d$/m);
    expect(printed).toContain("'status': 'COMPLETED'");
  });

  it('asks the four REST routes, by requests', async () => {
    const [code] = blocks('The REST routes of the earlier service', 'python');
    const printed = await runFile('rest.py', code, 'python3');
    expect(printed).toMatch(/^banana$/m);
    expect(printed).toMatch(/^7 0\.\d+ \{'startX': \d+/m);
    expect(printed).toMatch(/^seg_image \d+ bytes, width 896$/m);
    expect(printed).toMatch(/^super \d+ bytes, width \d+$/m);
    expect(printed).toMatch(/^detection_image \d+ bytes, width 960$/m);
  });
});

it('has no block that is not run', () => {
  const all = [...page.matchAll(/^```(\w+)$/gm)].map(([, language]) => language);
  expect(all.sort()).toEqual(['python', 'python', 'sh', 'sh', 'sh', 'ts']);
});
