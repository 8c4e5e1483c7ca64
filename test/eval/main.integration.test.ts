import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODEL_CACHE } from '../kit/service-folders.js';
import { picture } from '../kit/service-pictures.js';
import { runEval } from './command.js';

const evaluate = (...args: string[]) => runEval(args, { MODEL_CACHE, INFERENCE_THREADS: '1' });

describe('the eval tool', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'okulo-eval-test-'));
    await writeFile(join(folder, 'one.png'), await picture({ width: 99, height: 66 }));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('holds super resolution models against the first of them', async () => {
    const model = ['--model', 'builtin-superres-x4'];
    const { code, stdout } = await evaluate('--data', folder, ...model, ...model);
    expect(code).toBe(0);
    const rows = new Map(stdout.split('\n').map((line) => [line.split(/ {2,}/)[0], line.split(/ {2,}/)]));
    expect(rows.get('model')?.slice(1)).toEqual(['builtin-superres-x4', 'builtin-superres-x4']);
    expect(rows.get('PSNR dB - first')?.at(-1)).toBe('0');
    expect(Number(rows.get('ms / first')?.at(-1))).toBeGreaterThan(0);
  });

  it('explains itself', async () => {
    const { code, stdout } = await evaluate('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('--data <folder> [--model <id>]... [--json]');
  });

  it.each([
    ['no folder is given', [], '--data <folder>'],
    ['an option is not known', ['--fast'], '--fast'],
  ])('ends with code 2 where %s', async (_what, args, words) => {
    const { code, stdout, stderr } = await evaluate(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });

  it.each([
    [
      'there is no such model',
      'best-model',
      /^There is no model 'best-model'\. Ready for this: .*builtin-superres-x4/,
    ],
    [
      'a model is for another task',
      'builtin-road',
      /^Model builtin-road is for SEGMENT_ROAD, and this is SUPER_RESOLVE\. Ready for this: /,
    ],
  ])('ends with code 1 and one sentence where %s', async (_what, model, sentence) => {
    const { code, stdout, stderr } = await evaluate('--data', folder, '--model', model);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('ends with code 1 where a folder has nothing to measure', async () => {
    const empty = await mkdtemp(join(folder, 'empty-'));
    const { code, stdout, stderr } = await evaluate('--data', empty);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^There is nothing in .* that can be measured/);
  });

  it('ends with code 1 where a label image is not of the size of its picture', async () => {
    const road = await mkdtemp(join(folder, 'road-'));
    for (const [name, width] of [
      ['images', 64],
      ['labels', 32],
    ] as const) {
      await mkdir(join(road, name));
      await writeFile(join(road, name, 'a.png'), await picture({ width, height: 48 }));
    }
    const { code, stderr } = await evaluate('--data', road, '--model', 'builtin-road');
    expect(code).toBe(1);
    expect(stderr).toBe(`${join(road, 'labels/a.png')} is not of the size of its picture\n`);
  });

  it('ends with code 1 where a model knows none of the classes', async () => {
    const strange = await mkdtemp(join(folder, 'strange-'));
    await writeFile(join(strange, 'n99999999_nothing.jpeg'), await picture());
    const { code, stderr } = await evaluate('--data', strange, '--model', 'builtin-classifier');
    expect(code).toBe(1);
    expect(stderr).toBe('None of the 1 photos shows a class that builtin-classifier knows\n');
  });
});
