import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeModel } from '../../src/convert/onnx/model.js';
import { floats } from '../../src/imaging/tensor.js';
import { loadSession } from '../../src/inference/session.js';
import { echo, tinyModel } from '../convert/onnx/tiny.js';
import { builtinBytes, loadBytes } from '../kit/prepared.js';

const OPTIONS = { intraOpThreads: 1, spin: false };

describe('a session', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'okulo-session-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('tells the names of its inputs and outputs', async () => {
    const session = await loadBytes(encodeModel(echo([2])));

    expect([session.inputs, session.outputs]).toEqual([['in'], ['out']]);
    await session.release();
  });

  it('computes', async () => {
    const session = await loadBytes(encodeModel(echo([2])));

    expect(await session.run({ in: floats(1, 2) })).toEqual({
      out: { type: 'float32', data: Float32Array.of(1, 2), dims: [2] },
    });
    await session.release();
  });

  it('refuses an output of a type that no task reads', async () => {
    const model = tinyModel({ inputs: { x: [1] }, outputs: { y: [1] } }, (editor) => {
      editor.add('Cast', ['x'], { to: 9 }, 'y');
    });
    for (const output of model.graph.output) output.type.tensor_type.elem_type = 9;
    const session = await loadBytes(encodeModel(model));

    await expect(session.run({ x: floats(1) })).rejects.toThrow("'y' has type bool");
    await session.release();
  });

  it('refuses an input of another size', async () => {
    const session = await loadBytes(encodeModel(echo([2])));

    await expect(session.run({ in: floats(1, 2, 3) })).rejects.toThrow(/invalid dimensions/i);
    await session.release();
  });

  it.each([
    ['text', () => Promise.resolve(Buffer.from('not a model'))],
    ['nothing', () => Promise.resolve(Buffer.alloc(0))],
    ['half a model', async () => (await builtinBytes('superres')).subarray(0, 140_000)],
  ])('cannot be made of a file of %s', async (name, bytes) => {
    const file = join(folder, `${name}.onnx`);
    await writeFile(file, await bytes());

    await expect(loadSession(file, OPTIONS)).rejects.toThrow();
  });

  it('cannot be made of a file that is not there', async () => {
    await expect(loadSession(join(folder, 'missing.onnx'), OPTIONS)).rejects.toThrow('missing.onnx');
  });
});
