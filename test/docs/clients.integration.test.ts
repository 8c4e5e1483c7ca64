/** Every block of docs/clients.md, run as it stands against a service; only the service's address is another. */
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from '../kit/service.js';
import { blocksOf, readPage, run, runtimes } from './client-blocks.js';

let folder: string;
let service: TestService;
let page: string;

beforeAll(async () => {
  page = await readPage();
  // What a block writes goes here, and what it reads looks as it does from the repository's root.
  folder = await mkdtemp(join(tmpdir(), 'okulo-clients-'));
  for (const name of ['images', 'node_modules']) await symlink(resolve(name), join(folder, name));
  service = await startService();
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

const blocks = (section: string, language: string) => blocksOf(page, service.url, section, language);

async function runFile(name: string, code: string | undefined, program: string, ...args: string[]) {
  await writeFile(join(folder, name), code ?? '');
  return run(folder, program, [...args, name]);
}

const shell = (code = '') => run(folder, 'bash', ['-eu', '-c', code]);

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
    const [classified, road, superResolved, found] = (await shell(ask)).replaceAll('}{', '}\n{').split('\n');
    expect(classified).toBe('{"img_class":"banana"}');
    expect(road).toMatch(/\{"seg_image":"iVBOR/);
    expect(superResolved).toMatch(/\{"super":"iVBOR/);
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
