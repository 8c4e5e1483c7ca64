import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bake } from '../../../src/convert/bake.js';
import { BAKED } from '../../../src/convert/bake/names.js';
import { encodeModel } from '../../../src/convert/onnx/model.js';
import type { Picture } from '../../../src/imaging/picture.js';
import { take } from '../../../src/imaging/tensor.js';
import { flat, noise, scene } from '../../kit/pictures.js';
import { loadBytes, prepareModel, type TestModel } from '../../kit/prepared.js';
import { tinyModel } from '../onnx/tiny.js';
import { detected, expectSame } from './detections.js';
import { boxesOf, planes, suppressed, type Hit } from './references.js';

const INPUT = { width: 256, height: 256 };

describe('the baked detector', () => {
  let model: TestModel;
  beforeAll(async () => {
    model = await prepareModel('builtin-detector');
  });
  afterAll(() => model.release());

  // Low thresholds, so that many boxes compete even in pictures without a single object.
  it.each([
    ['a scene', scene(INPUT), 0.01],
    ['noise', noise(INPUT, 61), 0.005],
  ])(
    'keeps the boxes of the plain network that survive suppression, for %s',
    async (_, picture, minScore) => {
      const limits = { minScore, maxPerClass: 100 };
      const expected = await reference(model, picture, limits);
      expect(expected.length).toBeGreaterThan(5);

      expectSame(await detected(model.network, picture, limits), expected);
    },
  );

  it('keeps no more of a class than it is asked for', async () => {
    const limits = { minScore: 0.005, maxPerClass: 2 };

    const found = await detected(model.network, noise(INPUT, 61), limits);

    expectSame(found, await reference(model, noise(INPUT, 61), limits));
    for (const { classIndex } of found) {
      expect(found.filter((hit) => hit.classIndex === classIndex).length).toBeLessThanOrEqual(2);
    }
  });

  it('finds nothing where nothing scores enough', async () => {
    expect(
      await detected(model.network, flat(INPUT, [90, 90, 90]), { minScore: 0.99, maxPerClass: 100 }),
    ).toEqual([]);
  });
});

describe('suppression', () => {
  it('spares boxes of another class, and boxes that overlap exactly as much as is allowed', async () => {
    // The network "finds" these four boxes in any picture: the second overlaps the first by 0.5.
    const boxes = [0, 0, 10, 10, 0, 0, 10, 5, 0, 0, 10, 9, 100, 100, 110, 110];
    const scores = [0.9, 0.1, 0.8, 0.2, 0.7, 0.85, 0.3, 0.6];
    const network = tinyModel(
      { inputs: { x: [1, 3, 1, 1] }, outputs: { b: [1, 4, 4], s: [1, 4, 2] } },
      (editor) => {
        const nothing = editor.add('Mul', [
          editor.add('ReduceMax', ['x'], { keepdims: 0 }),
          editor.floats(0),
        ]);
        editor.add('Add', [editor.floats(boxes, [1, 4, 4]), nothing], {}, 'b');
        editor.add('Add', [editor.floats(scores, [1, 4, 2]), nothing], {}, 's');
      },
    );
    const session = await loadBytes(
      bake(encodeModel(network), {
        input: { width: 1, height: 1, layout: 'NCHW', channels: 'RGB', mean: [0, 0, 0], scale: [1, 1, 1] },
        output: { parser: 'ssd', boxes: 'b', scores: 's', iouThreshold: 0.5 },
      }),
    );
    expect(session.outputs).toEqual([BAKED.boxes, BAKED.scores, BAKED.classes]);

    const found = await detected(session, flat({ width: 1, height: 1 }, [1, 2, 3]), {
      minScore: 0.25,
      maxPerClass: 9,
    });
    await session.release();

    expectSame(found, [
      { classIndex: 0, score: 0.9, box: [0, 0, 10, 10] },
      { classIndex: 0, score: 0.8, box: [0, 0, 10, 5] },
      { classIndex: 0, score: 0.3, box: [100, 100, 110, 110] },
      { classIndex: 1, score: 0.85, box: [0, 0, 10, 9] },
      { classIndex: 1, score: 0.6, box: [100, 100, 110, 110] },
    ]);
  });
});

async function reference(
  model: TestModel,
  picture: Picture,
  limits: { minScore: number; maxPerClass: number },
): Promise<Hit[]> {
  const plain = await model.plain();
  const [input = ''] = plain.inputs;
  const outputs = await plain.run({ [input]: planes(picture) });
  const scores = take(outputs, 'scores', 'float32').data;
  const classes = model.labels.length;
  return suppressed(
    boxesOf(take(outputs, 'boxes', 'float32').data),
    (box, classIndex) => scores[box * classes + classIndex] ?? NaN,
    { ...limits, classes, iouThreshold: 0.5 },
  );
}
