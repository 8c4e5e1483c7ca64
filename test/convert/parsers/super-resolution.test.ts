import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bake } from '../../../src/convert/bake.js';
import { BAKED } from '../../../src/convert/bake/names.js';
import { encodeModel } from '../../../src/convert/onnx/model.js';
import type { Picture } from '../../../src/imaging/picture.js';
import { pixelTensor, take, type Network } from '../../../src/imaging/tensor.js';
import { maxDifference, noise, scene } from '../../kit/pictures.js';
import { loadBytes, prepareModel, type TestModel } from '../../kit/prepared.js';
import { echo } from '../onnx/tiny.js';
import { planes } from './references.js';

describe('the baked super resolution', () => {
  let model: TestModel;
  beforeAll(async () => {
    model = await prepareModel('builtin-superres-x4');
  });
  afterAll(() => model.release());

  it.each([
    ['a scene', scene({ width: 48, height: 32 })],
    ['noise', noise({ width: 33, height: 17 }, 81)],
    ['a pixel', noise({ width: 1, height: 1 }, 82)],
  ])('gives what the plain network gives, rounded to bytes, for %s', async (_, picture) => {
    const plain = await model.plain();
    const [[input = ''], [output = '']] = [plain.inputs, plain.outputs];
    const { data, dims } = take(
      await plain.run({ [input]: planes(picture, { scale: 1 / 255 }) }),
      output,
      'float32',
    );
    expect(dims).toEqual([1, 3, picture.height * 4, picture.width * 4]);

    const found = await upscaled(model.network, picture);

    // Half a step is rounding; the rest allows for the order of floating-point operations.
    const unrounded = interleaved(data).map((value) => Math.min(Math.max(value * 255, 0), 255));
    expect(maxDifference(found, unrounded)).toBeLessThan(0.51);
  });
});

describe('a network that leaves the range of a picture', () => {
  it('is cut to it, channels last', async () => {
    const session = await loadBytes(
      bake(encodeModel(echo([1, 3, 'height', 'width'])), {
        input: { layout: 'NCHW', channels: 'RGB', mean: [64, 64, 64], scale: [1 / 64, 1 / 64, 1 / 64] },
        output: { parser: 'super-resolution', scale: 2, receptiveFieldRadius: 0 },
      }),
    );
    const pixels = Uint8Array.of(0, 64, 128, 96, 255, 65);

    const found = await upscaled(session, { width: 2, height: 1, channels: 3, pixels });
    await session.release();

    expect(Array.from(found)).toEqual([0, 0, 255, 128, 255, 4]);
  });
});

async function upscaled(network: Network, picture: Picture): Promise<Uint8Array> {
  return take(await network.run({ [BAKED.pixels]: pixelTensor(picture) }), BAKED.upscaled, 'uint8').data;
}

/** Three planes to pixels. */
function interleaved(data: Float32Array): number[] {
  const area = data.length / 3;
  return Array.from(
    { length: data.length },
    (_, index) => data[(index % 3) * area + Math.floor(index / 3)] ?? NaN,
  );
}
