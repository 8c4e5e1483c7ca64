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
import { echo, tinyModel } from '../onnx/tiny.js';
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

describe('a second input', () => {
  /** Weights of four neighbours by the cubic of Keys, with the coefficient of OpenCV. */
  const weight = (distance: number, a = -0.75): number => {
    const x = Math.abs(distance);
    if (x <= 1) return (a + 2) * x ** 3 - (a + 3) * x ** 2 + 1;
    return x < 2 ? a * x ** 3 - 5 * a * x ** 2 + 8 * a * x - 4 * a : 0;
  };
  const upscaled = (row: readonly number[], times: number): number[] =>
    Array.from({ length: row.length * times }, (_, at) => {
      const centre = (at + 0.5) / times - 0.5;
      const first = Math.floor(centre) - 1;
      return [0, 1, 2, 3].reduce((sum, step) => {
        const near = Math.min(row.length - 1, Math.max(0, first + step));
        return sum + weight(centre - first - step) * (row[near] ?? 0);
      }, 0);
    });

  it('gets the picture upscaled by the cubic that OpenCV uses', async () => {
    const row = [0, 0, 255, 30, 200, 10, 10, 90];
    const size = { width: row.length, height: 1 };
    const model = tinyModel(
      {
        inputs: { small: [1, 3, 1, row.length], large: [1, 3, 4, 4 * row.length] },
        outputs: { out: [1, 3, 4, 4 * row.length] },
      },
      (editor) => {
        const nothing = editor.add('Mul', [
          editor.add('ReduceMax', ['small'], { keepdims: 0 }),
          editor.floats(0),
        ]);
        editor.add('Add', ['large', nothing], {}, 'out');
      },
    );
    const spec = { ...PLAIN, ...size, upscaledInput: { name: 'large', times: 4 } };
    const picture = { ...size, channels: 3, pixels: Uint8Array.from(row.flatMap((v) => [v, v, v])) } as const;

    const values = await seen(model, spec, picture);

    upscaled(row, 4).forEach((expected, at) => expect(values[at]).toBeCloseTo(expected, 2));
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
