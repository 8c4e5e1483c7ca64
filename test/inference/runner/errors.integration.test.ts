import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runner } from '../../../src/inference/runner.js';
import { refusal, SENTENCES } from '../../imaging/codec/read.js';
import { jpegOf, pngOf, scene } from '../../kit/pictures.js';
import { builtinBytes } from '../../kit/prepared.js';
import { modelOf } from '../../tasks/colour-networks.js';
import { ANY_WORK, BUILD_TIMEOUT, startThreads } from '../threads.js';

const SIZE = { width: 60, height: 40 };

describe('what goes wrong in an inference thread', () => {
  let runner: Runner;
  let folder: string;
  beforeAll(async () => {
    runner = await startThreads();
    folder = await mkdtemp(join(tmpdir(), 'okulo-runner-'));
  }, BUILD_TIMEOUT);
  afterAll(async () => {
    await runner.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("keeps its code and its words when it is the client's to know", async () => {
    const whole = await jpegOf(scene(SIZE));
    const image = whole.subarray(0, whole.length / 2);

    const error = await refusal(runner.run('inspect', { image }, ANY_WORK));

    expect(error.code).toBe('BAD_IMAGE');
    expect(error.message).toMatch(SENTENCES);
    expect(error.facts).toEqual({});
  });

  it.each([
    ['text', () => Promise.resolve(Buffer.from('not a model'))],
    ['half a model', async () => (await builtinBytes('superres')).subarray(0, 140_000)],
  ])('names the model whose file is %s', async (name, bytes) => {
    const file = join(folder, `${name}.onnx`);
    await writeFile(file, await bytes());
    const damaged = modelOf(
      { parser: 'super-resolution', scale: 4, receptiveFieldRadius: 8 },
      SIZE,
      'stretch',
      'damaged-model',
    );

    await expect(runner.run('warm', { model: { ...damaged, file } }, ANY_WORK)).rejects.toThrow(
      'Model damaged-model cannot be loaded',
    );
  });

  it('fails a warm-up', async () => {
    const missing = modelOf(
      { parser: 'super-resolution', scale: 4, receptiveFieldRadius: 8 },
      SIZE,
      'stretch',
      'missing-model',
    );

    await expect(runner.warm({ ...missing, file: join(folder, 'missing.onnx') })).rejects.toThrow(
      'missing-model',
    );
  });

  it('leaves the thread at work', async () => {
    await refusal(runner.run('inspect', { image: Buffer.from('no image') }, ANY_WORK));

    const image = await pngOf(scene(SIZE));

    await expect(runner.run('inspect', { image }, ANY_WORK)).resolves.toHaveProperty('result');
  });
});
