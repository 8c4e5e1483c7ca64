import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bake } from '../../../src/convert/bake.js';
import { BAKED } from '../../../src/convert/bake/names.js';
import { encodeModel } from '../../../src/convert/onnx/model.js';
import type { Picture, Size } from '../../../src/imaging/picture.js';
import { int64s, pixelTensor, take, type Network } from '../../../src/imaging/tensor.js';
import { noise, scene } from '../../kit/pictures.js';
import { loadBytes, prepareModel, type TestModel } from '../../kit/prepared.js';
import { echo } from '../onnx/tiny.js';
import { likeliest, planes } from './references.js';

const INPUT = { width: 448, height: 256 };
/** The built-in network tells background, road and sidewalk apart; the service knows no sidewalk. */
const CLASSES = [0, 1, 0];

describe('the baked road segmentation', () => {
  let model: TestModel;
  beforeAll(async () => {
    model = await prepareModel('builtin-road');
  });
  afterAll(() => model.release());

  it.each([
    ['a scene', scene(INPUT)],
    ['noise', noise(INPUT, 71)],
  ])("at its own size gives each pixel the plain network's likeliest class, for %s", async (_, picture) => {
    const maps = await plainMaps(model, picture);

    const found = await segmented(model.network, picture, INPUT);

    expect(
      Buffer.compare(
        found,
        likeliest(maps, INPUT).map((index) => CLASSES[index] ?? 9),
      ),
    ).toBe(0);
  });

  it.each([
    { width: 31, height: 20 },
    { width: 640, height: 427 },
    { width: 1, height: 1 },
  ])('at $width x $height interpolates scores, not classes', async (size) => {
    const picture = scene(INPUT);
    const expected = likeliest(await plainMaps(model, picture), size).map((index) => CLASSES[index] ?? 9);

    const found = await segmented(model.network, picture, size);

    const differing = expected.filter((value, index) => value !== found[index]).length;
    // Where two classes are equally likely, rounding decides.
    expect(differing / expected.length).toBeLessThan(0.001);
  });
});

describe('class numbers', () => {
  it('are those of the road classes, not those of the network', async () => {
    const session = await loadBytes(
      bake(encodeModel(echo([1, 3, 1, 3])), {
        input: { width: 3, height: 1, layout: 'NCHW', channels: 'RGB', mean: [0, 0, 0], scale: [1, 1, 1] },
        output: { parser: 'segmentation-argmax', classes: [3, 0, 2] },
      }),
    );
    // Red, green, blue: the first, second and third class are the likeliest.
    const picture: Picture = {
      width: 3,
      height: 1,
      channels: 3,
      pixels: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255),
    };

    const found = await segmented(session, picture, { width: 3, height: 1 });
    await session.release();

    expect(Array.from(found)).toEqual([3, 0, 2]);
  });
});

async function segmented(network: Network, picture: Picture, { width, height }: Size): Promise<Uint8Array> {
  const outputs = await network.run({
    [BAKED.pixels]: pixelTensor(picture),
    [BAKED.size]: int64s(height, width),
  });
  const { data, dims } = take(outputs, BAKED.classes, 'uint8');
  expect(dims).toEqual([1, height, width]);
  return data;
}

async function plainMaps(
  model: TestModel,
  picture: Picture,
): Promise<Size & { data: ArrayLike<number>; count: number }> {
  const plain = await model.plain();
  const [[input = ''], [output = '']] = [plain.inputs, plain.outputs];
  const { data, dims } = take(await plain.run({ [input]: planes(picture) }), output, 'float32');
  const [, count = 0, height = 0, width = 0] = dims;
  return { data, count, width, height };
}
