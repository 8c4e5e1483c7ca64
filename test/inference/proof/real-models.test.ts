/** The models of the manifest can answer; networks that could not, in real use, are never ready. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { prove } from '../../../src/inference/proof/prove.js';
import { loadSession } from '../../../src/inference/session.js';
import { Catalog } from '../../../src/registry/catalog.js';
import type { PreparedModel } from '../../../src/registry/prepared-model.js';
import { recoveredClassifier } from '../../kit/recovered-classifier.js';
import { prepareModel, type ModelId } from '../../kit/prepared.js';
import { offline, sha256, temporaryFolder, writeManifest } from '../../registry/model-folder.js';

const shared = inject('shared');
const proving = (model: PreparedModel) =>
  prove(model, (graph) => loadSession(graph, { intraOpThreads: 1, spin: false }));

const SHIPPED: ModelId[] = ['builtin-classifier', 'builtin-road', 'builtin-detector', 'builtin-superres-x4'];
const PUBLISHED: ModelId[] = [
  'yolox-nano',
  'road-segmentation-adas-0001',
  'single-image-super-resolution-1032',
  'single-image-super-resolution-1032-int8',
];

it.each(shared === null ? SHIPPED : [...SHIPPED, ...PUBLISHED])('%s can answer', async (id) => {
  const { prepared, release } = await prepareModel(id);
  await expect(proving(prepared)).resolves.toBeUndefined();
  await release();
});

describe.skipIf(shared === null)('in the shared folder', () => {
  it('MobileNetV3-Small can answer', async () => {
    const catalog = await Catalog.read([await recoveredClassifier(await temporaryFolder())]);
    const sources = await offline({ mirror: join(shared ?? '', 'models') });
    await catalog.prepare(sources, { verify: proving });
    expect(catalog.find('mobilenet-v3-small')?.availability.status).toBe('READY');
  });

  const folder = join(shared ?? '', 'cases/models/not-a-number');
  const enlarger = { parser: 'super-resolution', scale: 4, receptiveFieldRadius: 2 };
  const classes = ['BACKGROUND', 'ROAD', 'CURB'];
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['sr-nan', { output: enlarger }, /^The network's values for a test picture are not all numbers/],
    [
      'sr-fixed',
      { output: enlarger },
      /^The file sr-fixed\.onnx cannot be used: the network's input is 1x3x64x64/,
    ],
    [
      'sr-fixed-stated',
      { input: { scale: 1 / 255, width: 64, height: 64 }, output: enlarger },
      /^The network takes pictures of 64x64 pixels only\./,
    ],
    [
      'seg-nan',
      {
        task: 'SEGMENT_ROAD',
        input: { scale: 1 / 255, width: 32, height: 32 },
        output: { parser: 'segmentation-argmax', classes },
      },
      /^The network's scores for a test picture are not all numbers/,
    ],
    [
      'nan',
      {
        task: 'CLASSIFY',
        labels: ['a', 'b', 'c'],
        input: { scale: 1 / 255, width: 32, height: 32 },
        output: { parser: 'softmax-top-k', logits: true },
      },
      /^The network's scores for a test picture are not all numbers: \d of 3 are NaN/,
    ],
  ])('%s is never ready, and says why', async (name, more, words) => {
    const own = await temporaryFolder();
    const bytes = await readFile(join(folder, `${name}.onnx`));
    await writeFile(join(own, `${name}.onnx`), bytes);
    const entry = {
      id: name,
      task: 'SUPER_RESOLVE',
      title: name,
      license: 'none',
      format: 'onnx',
      precision: 'FP32',
      files: [{ name: `${name}.onnx`, path: `${name}.onnx`, digest: sha256(bytes) }],
      input: { scale: 1 / 255 },
      ...more,
    };
    const catalog = await Catalog.read([await writeManifest([entry], own)]);
    await catalog.prepare(await offline(), { verify: proving });
    const availability = catalog.find(name)?.availability;
    expect(availability?.status).toBe('UNAVAILABLE');
    expect(availability?.status === 'UNAVAILABLE' && availability.reason).toMatch(words);
  });
});
