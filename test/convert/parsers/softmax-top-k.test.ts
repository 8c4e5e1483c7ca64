import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bake } from '../../../src/convert/bake.js';
import { BAKED } from '../../../src/convert/bake/names.js';
import { encodeModel } from '../../../src/convert/onnx/model.js';
import { int64s, pixelTensor, take, type Network } from '../../../src/imaging/tensor.js';
import type { Picture } from '../../../src/imaging/picture.js';
import { flat, maxDifference, noise, scene } from '../../kit/pictures.js';
import { loadBytes, prepareModel, type TestModel } from '../../kit/prepared.js';
import { tinyModel } from '../onnx/tiny.js';
import { planes, softmax, topK } from './references.js';

const INPUT = { width: 64, height: 64 };

describe('the baked classifier', () => {
  let model: TestModel;
  beforeAll(async () => {
    model = await prepareModel('builtin-classifier');
  });
  afterAll(() => model.release());

  it.each([
    ['a scene', scene(INPUT)],
    ['noise', noise(INPUT, 51)],
    ['white', flat(INPUT, [255, 255, 255])],
  ])('names the likeliest labels of the plain network for %s', async (_, picture) => {
    const plain = await model.plain();
    const [output = ''] = plain.outputs;
    const [input = ''] = plain.inputs;
    const expected = topK(take(await plain.run({ [input]: planes(picture) }), output, 'float32').data, 5);

    const found = await classified(model.network, picture, 5);

    expect(found.map(({ index }) => index)).toEqual(expected.map(({ index }) => index));
    expect(maxDifference(scores(found), scores(expected))).toBeLessThan(1e-6);
  });

  it.each([1, 3, 200])('gives the %d labels that are asked for, scores falling', async (k) => {
    const found = await classified(model.network, scene(INPUT), k);

    expect(found).toHaveLength(k);
    expect(scores(found)).toEqual(scores(found).sort((a, b) => b - a));
  });

  it('gives all labels scores of 1 together', async () => {
    const found = await classified(model.network, scene(INPUT), 200);

    expect(scores(found).reduce((sum, score) => sum + score)).toBeCloseTo(1, 4);
  });
});

describe('a network that ends in logits', () => {
  it('gets its softmax', async () => {
    const network = tinyModel({ inputs: { x: [1, 3, 2, 2] }, outputs: { y: [1, 12] } }, (editor) => {
      const tenth = editor.add('Mul', ['x', editor.floats(0.1)]);
      editor.add('Flatten', [tenth], { axis: 1 }, 'y');
    });
    const baked = bake(encodeModel(network), {
      input: { width: 2, height: 2, layout: 'NCHW', channels: 'RGB', mean: [0, 0, 0], scale: [1, 1, 1] },
      output: { parser: 'softmax-top-k', logits: true },
    });
    const picture = noise({ width: 2, height: 2 }, 52);
    const expected = topK(softmax(planes(picture, { scale: 0.1 }).data as Float32Array), 4);

    const session = await loadBytes(baked);
    const found = await classified(session, picture, 4);
    await session.release();

    expect(found.map(({ index }) => index)).toEqual(expected.map(({ index }) => index));
    expect(maxDifference(scores(found), scores(expected))).toBeLessThan(1e-6);
  });
});

async function classified(
  network: Network,
  picture: Picture,
  k: number,
): Promise<{ index: number; score: number }[]> {
  const outputs = await network.run({ [BAKED.pixels]: pixelTensor(picture), [BAKED.k]: int64s(k) });
  const indices = take(outputs, BAKED.indices, 'int32').data;
  return Array.from(take(outputs, BAKED.scores, 'float32').data, (score, rank) => ({
    index: indices[rank] ?? -1,
    score,
  }));
}

function scores(labels: readonly { score: number }[]): number[] {
  return labels.map(({ score }) => score);
}
