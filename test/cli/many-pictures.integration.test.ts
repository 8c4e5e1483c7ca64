import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';
import { hasTerminal, okulo, watchOnTerminal } from './run-okulo.js';

const ROUNDS = 4;
const SHORT = 12;
const names = ['long.png', ...Array.from({ length: SHORT }, (_, n) => `short${n}.png`)];
const results = names.map((name) => name.replace('.png', '.x4.png'));

let folder: string;
let service: TestService;
beforeAll(async () => {
  service = await startService();
  folder = await mkdtemp(join(tmpdir(), 'okulo-many-'));
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

/** One that takes its time, and many that are done while it runs; none of them was ever sent. */
async function newPictures(seed: number): Promise<void> {
  await writeFile(join(folder, 'long.png'), await picture({ width: 900, height: 700, seed }));
  for (const [n, name] of names.slice(1).entries())
    await writeFile(join(folder, name), await picture({ width: 90 + n, height: 84, seed: seed + n + 1 }));
}

test(`a long picture and ${SHORT} short ones are all written, ${ROUNDS} times in a row`, async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await newPictures(1000 + round * 100);
    const out = `out-${round}`;
    const { code, stdout } = await okulo(
      ['super-resolve', ...names, '--out', out, '--server', service.url],
      {},
      { cwd: folder },
    );
    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.split(' ', 1)[0])).toEqual(['file', ...names, '']);
    expect(await readdir(join(folder, out))).toEqual(expect.arrayContaining(results));
  }
}, 300_000);

test.runIf(hasTerminal)(
  'on a terminal too, where the bar ends with them',
  async () => {
    await newPictures(9000);
    const run = watchOnTerminal(
      ['super-resolve', ...names, '--out', 'shown', '--server', service.url],
      {},
      folder,
    );
    const { code, stdout } = await run.ended;
    expect(code).toBe(0);
    expect(stdout).toContain(`0 done, 0 failed, ${names.length} left`);
    expect(await readdir(join(folder, 'shown'))).toEqual(expect.arrayContaining(results));
  },
  120_000,
);
