import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { warmUp } from '../../src/inference/warm-up.js';
import type { OutputSpec } from '../../src/convert/parsers/parsers.js';
import { prepareModel, type ModelId, type TestModel } from '../kit/prepared.js';

const IDS: readonly ModelId[] = [
  'builtin-classifier',
  'builtin-road',
  'builtin-detector',
  'builtin-superres-x4',
];
const OUTPUTS: readonly OutputSpec[] = [
  { parser: 'softmax-top-k', logits: false },
  { parser: 'segmentation-argmax', classes: [0] },
  { parser: 'ssd', boxes: 'boxes', scores: 'scores', iouThreshold: 0.5 },
  { parser: 'super-resolution', scale: 4, receptiveFieldRadius: 8 },
];

describe('warming up', () => {
  const models: TestModel[] = [];
  beforeAll(async () => {
    for (const id of IDS) models.push(await prepareModel(id));
  });
  afterAll(() => Promise.all(models.map(({ release }) => release())));

  it('passes for every built-in model', async () => {
    for (const { network, prepared } of models) await warmUp(network, prepared);
  });

  it('fails for a network that was baked for another task', async () => {
    for (const { network, prepared } of models) {
      for (const output of OUTPUTS.filter(({ parser }) => parser !== prepared.output.parser)) {
        await expect(
          warmUp(network, { ...prepared, output }),
          `${prepared.id} as ${output.parser}`,
        ).rejects.toThrow();
      }
    }
  });

  it('fails for a label list that is longer than what the network tells apart', async () => {
    const [classifier] = models;
    if (!classifier) expect.fail('no classifier');
    const { network, prepared } = classifier;

    await expect(warmUp(network, { ...prepared, labelCount: 201 })).rejects.toThrow();
  });
});
