import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { GraphEditor, valueInfo } from '../../../src/convert/onnx/graph-editor.js';
import { encodeModel, modelOf } from '../../../src/convert/onnx/model.js';
import { converted } from './references.js';

/** The runtime writes its warnings to the standard error of the process: only another process can read them. */
const LOAD = `
  import { InferenceSession } from 'onnxruntime-node';
  const session = await InferenceSession.create(process.argv[1], { logSeverityLevel: 2, intraOpNumThreads: 1 });
  await session.release();
`;

describe('loading a converted network', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'okulo-loading-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function warningsOf(model: Uint8Array): Promise<string> {
    const file = join(folder, 'model.onnx');
    await writeFile(file, model);
    const child = spawn(process.execPath, ['--input-type=module', '--eval', LOAD, file], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return text(child.stderr);
  }

  it('with a weight that nothing uses would be seen', async () => {
    const editor = new GraphEditor('test');
    editor.floats([1, 2, 3]);
    editor.add('Relu', ['input'], {}, 'output');
    const ends = ['input', 'output'].map((name) => valueInfo(name, 'float', [1]));
    const model = encodeModel(modelOf('test', editor, ends.slice(0, 1), ends.slice(1)));
    expect(await warningsOf(model)).toMatch(/constant_1/);
  });

  it.skipIf(inject('shared') === null).each([
    ['classifier', false],
    ['road', false],
    ['superResolution', true],
    ['superResolution', false],
    ['superResolutionInt8', true],
  ] as const)('is done without a warning: %s, open sizes: %s', async (network, dynamicSpatial) => {
    expect(await warningsOf(await converted(network, { dynamicSpatial }))).toBe('');
  });
});
