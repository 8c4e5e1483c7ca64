import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { bake } from '../../../src/convert/bake.js';
import { encodeModel } from '../../../src/convert/onnx/model.js';
import type { Picture } from '../../../src/imaging/picture.js';
import { take } from '../../../src/imaging/tensor.js';
import { flat, noise, scene } from '../../kit/pictures.js';
import { loadBytes, prepareModel, type TestModel } from '../../kit/prepared.js';
import { tinyModel } from '../onnx/tiny.js';
import { detected, expectSame } from './detections.js';
import { planes, suppressed, type Box, type Hit } from './references.js';

const shared = inject('shared');
const STRIDES = [8, 16, 32];

describe.skipIf(shared === null)('the baked yolox-nano', () => {
  let model: TestModel;
  beforeAll(async () => {
    model = await prepareModel('yolox-nano');
    expect(model.source).toBe(join(shared ?? '', 'models/yolox-nano/yolox_nano.onnx'));
  });
  afterAll(() => model.release());

  it.each([
    ['a scene', scene({ width: 416, height: 416 }), 0.005],
    ['noise', noise({ width: 416, height: 416 }, 91), 0.002],
  ])(
    'keeps the boxes that a second decoder finds in the plain output, for %s',
    async (_, picture, minScore) => {
      const limits = { minScore, maxPerClass: 100 };
      const expected = await reference(model, picture, limits);
      expect(expected.length).toBeGreaterThan(5);

      expectSame(await detected(model.network, picture, limits), expected);
    },
  );
});

describe('decoding a cell', () => {
  it('places its box by column, row and stride', async () => {
    // Two cells of stride 2 on 4x2 pixels, side by side.
    const raw = [
      [0.5, 0.25, 0, 0, 1, 0.9, 0],
      [0.5, 0.5, Math.log(3), Math.log(0.5), 0.5, 0, 0.8],
    ];
    const network = tinyModel({ inputs: { x: [1, 3, 2, 4] }, outputs: { y: [1, 2, 7] } }, (editor) => {
      const nothing = editor.add('Mul', [editor.add('ReduceMax', ['x'], { keepdims: 0 }), editor.floats(0)]);
      editor.add('Add', [editor.floats(raw.flat(), [1, 2, 7]), nothing], {}, 'y');
    });
    const session = await loadBytes(
      bake(encodeModel(network), {
        input: { width: 4, height: 2, layout: 'NCHW', channels: 'RGB', mean: [0, 0, 0], scale: [1, 1, 1] },
        output: { parser: 'yolox', strides: [2], iouThreshold: 0.5 },
      }),
    );

    const found = await detected(session, flat({ width: 4, height: 2 }, [0, 0, 0]), {
      minScore: 0.1,
      maxPerClass: 9,
    });
    await session.release();

    expectSame(found, [
      // Centre (0.5, 0.25) strides, one stride wide and high.
      { classIndex: 0, score: 0.9, box: [0, -0.5, 2, 1.5] },
      // Centre (1 + 0.5, 0.5) strides, three strides wide and half a one high; objectness halves the score.
      { classIndex: 1, score: 0.4, box: [0, 0.5, 6, 1.5] },
    ]);
  });
});

async function reference(
  model: TestModel,
  picture: Picture,
  limits: { minScore: number; maxPerClass: number },
): Promise<Hit[]> {
  const plain = await model.plain();
  const [[input = ''], [output = '']] = [plain.inputs, plain.outputs];
  const { data, dims } = take(
    await plain.run({ [input]: planes(picture, { order: [2, 1, 0] }) }),
    output,
    'float32',
  );
  const [, cells = 0, numbers = 0] = dims;
  const at = (cell: number, number: number) => data[cell * numbers + number] ?? NaN;

  const boxes: Box[] = [];
  for (const stride of STRIDES) {
    for (let row = 0; row < 416 / stride; row += 1) {
      for (let column = 0; column < 416 / stride; column += 1) {
        const cell = boxes.length;
        const [x, y] = [(at(cell, 0) + column) * stride, (at(cell, 1) + row) * stride];
        const [width, height] = [Math.exp(at(cell, 2)) * stride, Math.exp(at(cell, 3)) * stride];
        boxes.push([x - width / 2, y - height / 2, x + width / 2, y + height / 2]);
      }
    }
  }
  expect(boxes).toHaveLength(cells);
  return suppressed(boxes, (box, classIndex) => at(box, 4) * at(box, 5 + classIndex), {
    ...limits,
    classes: numbers - 5,
    iouThreshold: 0.45,
  });
}
