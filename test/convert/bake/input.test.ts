import { describe, expect, it } from 'vitest';
import { bakeInput } from '../../../src/convert/bake/input.js';
import { BAKED } from '../../../src/convert/bake/names.js';
import type { InputSpec } from '../../../src/convert/bake/input-spec.js';
import { valueInfo } from '../../../src/convert/onnx/graph-editor.js';
import type { ModelProto } from '../../../src/convert/onnx/messages.js';
import { encodeModel } from '../../../src/convert/onnx/model.js';
import type { Picture } from '../../../src/imaging/picture.js';
import { pixelTensor, take } from '../../../src/imaging/tensor.js';
import { maxDifference, noise } from '../../kit/pictures.js';
import { loadBytes } from '../../kit/prepared.js';
import { echo } from '../onnx/tiny.js';
import { planes } from '../parsers/references.js';

const PLAIN: InputSpec = {
  width: 6,
  height: 4,
  layout: 'NCHW',
  channels: 'RGB',
  mean: [0, 0, 0],
  scale: [1, 1, 1],
};
const PICTURE = noise({ width: 6, height: 4 }, 41);

describe('a baked input', () => {
  it('hands the network its planes of red, green and blue', async () => {
    expect(await seen(echo([1, 3, 4, 6]), PLAIN)).toEqual(numbers(planes(PICTURE).data));
  });

  it('hands over blue first to a network that wants it so', async () => {
    expect(await seen(echo([1, 3, 4, 6]), { ...PLAIN, channels: 'BGR' })).toEqual(
      numbers(planes(PICTURE, { order: [2, 1, 0] }).data),
    );
  });

  it('leaves channels last for a network that wants them so', async () => {
    expect(await seen(echo([1, 4, 6, 3]), { ...PLAIN, layout: 'NHWC' })).toEqual(numbers(PICTURE.pixels));
  });

  it("subtracts the mean first and scales then, in the order of the network's own channels", async () => {
    const spec: InputSpec = {
      ...PLAIN,
      layout: 'NHWC',
      channels: 'BGR',
      mean: [10, 20, 30],
      scale: [0.5, 2, 4],
    };
    const { pixels } = PICTURE;
    const expected = Array.from({ length: 24 }, (_, at) => {
      const [red = 0, green = 0, blue = 0] = pixels.subarray(at * 3);
      return [(blue - 10) * 0.5, (green - 20) * 2, (red - 30) * 4];
    }).flat();

    expect(maxDifference(await seen(echo([1, 4, 6, 3]), spec), expected)).toBeLessThan(1e-4);
  });

  it('takes pictures of any size for a network that does', async () => {
    const model = echo([1, 3, 'height', 'width']);
    const spec: InputSpec = { ...PLAIN, width: undefined, height: undefined };
    const other = noise({ width: 1, height: 9 }, 42);

    expect(await seen(model, spec, other)).toEqual(numbers(planes(other).data));
  });

  it('serves a file that lists its weights among its inputs', async () => {
    const model = echo([1, 3, 4, 6]);
    model.graph.input.push(valueInfo('weights', 'float', [1]));
    model.graph.initializer.push({ name: 'weights', dims: [1], data_type: 1, raw_data: new Uint8Array(4) });

    expect(await seen(model, PLAIN)).toEqual(numbers(planes(PICTURE).data));
  });
});

/** What arrives in the network. */
async function seen(model: ModelProto, spec: InputSpec, picture: Picture = PICTURE): Promise<number[]> {
  bakeInput(model, spec);
  const session = await loadBytes(encodeModel(model));
  try {
    expect(session.inputs).toContain(BAKED.pixels);
    const outputs = await session.run({ [BAKED.pixels]: pixelTensor(picture) });
    return numbers(take(outputs, 'out', 'float32').data);
  } finally {
    await session.release();
  }
}

function numbers(values: ArrayLike<number | bigint>): number[] {
  return Array.from(values, Number);
}
