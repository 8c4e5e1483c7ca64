/** The blocks of docs/clients.md that wait for a job, while the service is killed and started again. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { GraphqlClient } from '../kit/graphql-client.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { startService, type TestService } from '../kit/service.js';
import { blocksOf, readPage, runtimes, startBlock, type Started } from './client-blocks.js';

const SIZE = { width: 1200, height: 900 };
const REST = 'The REST routes of the earlier service';

let home: string;
let dataDir: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'okulo-restart-'));
  dataDir = await dataFolder();
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
  await removeFolder(dataDir);
});

/** A folder that looks like the repository's root, where the picture to enlarge is one that nobody has sent. */
async function folderOf(name: string, seed: number): Promise<string> {
  const folder = join(home, name);
  await mkdir(join(folder, 'images/super-resolution'), { recursive: true });
  for (const kind of ['classification', 'detection', 'road'])
    await symlink(resolve('images', kind), join(folder, 'images', kind));
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  // Plain, because the REST routes send no large results.
  const plain = sharp({ create: { ...SIZE, channels: 3, background: { r: 40 * seed, g: 90, b: 120 } } });
  await plain.png().toFile(join(folder, 'images/super-resolution/fruit.png'));
  return folder;
}

interface Sample {
  readonly name: string;
  readonly isThere: boolean;
  readonly section: string;
  readonly language: string;
  /** Which of the section's blocks in that language. */
  readonly block: number;
  readonly command: readonly string[];
  /** Resolves when its job is being waited for. */
  readonly waits: (started: Started, folder: string) => Promise<void>;
  /** What it prints at its good end. */
  readonly done: RegExp;
}

const bash = ['bash', '-eu'];
const SAMPLES: readonly Sample[] = [
  {
    ...{ name: 'curl', isThere: runtimes.sh, section: 'curl', language: 'sh', block: 1, command: bash },
    waits: (_started, folder) => until(() => existsSync(join(folder, 'job.json'))),
    done: /"status":"COMPLETED"/,
  },
  {
    ...{ name: 'TypeScript', isThere: true, section: 'TypeScript', language: 'ts', block: 0 },
    command: [process.execPath, '--import', 'tsx'],
    waits: (started) => started.printed(/status: '/),
    done: /status: 'COMPLETED'/,
  },
  {
    ...{ name: 'Python', isThere: runtimes.python, section: 'Python', language: 'python', block: 0 },
    command: ['python3'],
    waits: (started) => started.printed(/'status': /),
    done: /'status': 'COMPLETED'/,
  },
  {
    ...{ name: 'REST by curl', isThere: runtimes.sh, section: REST, language: 'sh', block: 0, command: bash },
    waits: (started) => started.printed(/"seg_image"/),
    done: /"super":"iVBOR[^]*"detections"/,
  },
  {
    ...{ name: 'REST by Python', isThere: runtimes.python, section: REST, language: 'python', block: 0 },
    command: ['python3', '-u'],
    waits: (started) => started.printed(/^seg_image/m),
    done: /^super \d+ bytes, width 4800\n[^]*^detection_image/m,
  },
];

test('every sample that waits for a job goes on with it', { timeout: 400_000 }, async () => {
  const page = await readPage();
  const service = await startService({ dataDir });
  const running = await Promise.all(
    SAMPLES.filter(({ isThere }) => isThere).map(async (sample, seed) => {
      const folder = await folderOf(sample.name.replaceAll(' ', '-'), seed);
      const code = blocksOf(page, service.url, sample.section, sample.language)[sample.block] ?? '';
      const file = `sample.${sample.language === 'ts' ? 'mts' : sample.language}`;
      const started = await startBlock(folder, file, code, sample.command);
      return { ...sample, folder, started };
    }),
  );
  await Promise.all(running.map(({ waits, started, folder }) => waits(started, folder)));
  await until(async () => (await jobsOf(service)) === running.length);
  for (const { started, done } of running) expect(started.output()).not.toMatch(done);

  await service.kill();
  const second = await startService({ dataDir, env: { PORT: new URL(service.url).port } });
  for (const { started, done } of running) expect(await started.ended).toMatch(done);
  const curl = running.find(({ name }) => name === 'curl');
  if (curl) {
    const { width, height } = await sharp(join(curl.folder, 'enlarged.png')).metadata();
    expect({ width, height }).toEqual({ width: SIZE.width * 4, height: SIZE.height * 4 });
  }
  expect(await jobsOf(second)).toBe(running.length);
  await second.stop();
});

async function jobsOf({ url }: TestService): Promise<number> {
  const answer = await new GraphqlClient(url).post('{ jobs { totalCount } }');
  return z.object({ jobs: z.object({ totalCount: z.number() }) }).parse(answer.data).jobs.totalCount;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((later) => setTimeout(later, 50));
}
