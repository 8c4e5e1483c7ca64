import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { colourOf } from '../../../src/imaging/colour.js';
import type { Network } from '../../../src/imaging/tensor.js';
import { detectObjects } from '../../../src/tasks/detect-objects/detect-objects.js';
import type { DetectionResult, DetectionPlan } from '../../../src/tasks/detect-objects/detect-objects.js';
import { flat, maxDifference, pixelAt } from '../../kit/pictures.js';
import {
  colourClassifier,
  fixedDetector,
  loaderOf,
  type FixedObject,
  type TestNetwork,
} from '../colour-networks.js';
import { BLUE, GREEN, opened, patches, RED, viewOf } from '../pictures.js';
import { classification, detection } from '../plans.js';

const INPUT = { width: 100, height: 100 };
const OBJECTS: readonly FixedObject[] = [
  { box: [10, 20, 30, 60], classIndex: 0, score: 0.5 },
  { box: [50, 10, 90, 40], classIndex: 1, score: 0.9 },
  { box: [60, 60, 80, 70.5], classIndex: 0, score: 0.7 },
  // Beyond the input, in whole and in part.
  { box: [120, 20, 140, 40], classIndex: 2, score: 0.8 },
  { box: [90, 90, 110, 110], classIndex: 2, score: 0.3 },
];
const SIZE = { width: 200, height: 100 };
/** Where the second object is displayed it is green, where the first is it is blue. */
const PICTURE = patches(
  SIZE,
  RED,
  [{ left: 100, top: 10, width: 80, height: 30 }, GREEN],
  [{ left: 20, top: 20, width: 40, height: 40 }, BLUE],
);
const PNG = [{ key: 'image', format: 'PNG' }] as const;

describe('detecting objects', () => {
  let detector: TestNetwork;
  let classifier: TestNetwork;
  beforeAll(async () => {
    detector = await fixedDetector(INPUT, 'stretch', OBJECTS);
    classifier = await colourClassifier({ width: 8, height: 8 }, 'stretch');
  });
  afterAll(() => Promise.all([detector, classifier].map(({ network }) => network.release())));

  const detect = (more: Partial<DetectionPlan> = {}, view = viewOf(PICTURE)): Promise<DetectionResult> =>
    detectObjects(view, detector.network, detection(detector.model, more), loaderOf(classifier));

  it("tells boxes in displayed pixels, the surest first, cut at the picture's edges", async () => {
    const { objects } = await detect();

    expect(objects.map(({ classIndex, score, box }) => [classIndex, Number(score.toFixed(3)), box])).toEqual([
      [1, 0.9, { left: 100, top: 10, width: 80, height: 30 }],
      [0, 0.7, { left: 120, top: 60, width: 40, height: 10.5 }],
      [0, 0.5, { left: 20, top: 20, width: 40, height: 40 }],
      [2, 0.3, { left: 180, top: 90, width: 20, height: 10 }],
    ]);
  });

  it("tells boxes in displayed pixels, however small the network's input", async () => {
    const large = viewOf(flat({ width: 2000, height: 1000 }, RED));

    expect((await detect({ minScore: 0.6 }, large)).objects.map(({ box }) => box)).toEqual([
      { left: 1000, top: 100, width: 800, height: 300 },
      { left: 1200, top: 600, width: 400, height: 105 },
    ]);
  });

  it('undoes the letterbox', async () => {
    const boxed = await fixedDetector(INPUT, 'letterbox', OBJECTS);

    const { objects } = await detectObjects(
      viewOf(PICTURE),
      boxed.network,
      detection(boxed.model),
      loaderOf(),
    );
    await boxed.network.release();

    // 200x100 fill the upper half of the input at half their size; what was found below is outside.
    expect(objects.map(({ box }) => box)).toEqual([
      { left: 100, top: 20, width: 80, height: 60 },
      { left: 20, top: 40, width: 40, height: 60 },
    ]);
  });

  it.each([
    [0.6, [0.9, 0.7]],
    [0.89, [0.9]],
    [0.95, []],
  ])('leaves out what scores less than %d', async (minScore, scores) => {
    expect((await detect({ minScore })).objects.map(({ score }) => Number(score.toFixed(2)))).toEqual(scores);
  });

  it('keeps the surest of all classes when there are too many', async () => {
    expect((await detect({ maxObjects: 2 })).objects.map(({ classIndex }) => classIndex)).toEqual([1, 0]);
  });

  it('keeps the classes that are asked for, and counts only those', async () => {
    const { objects } = await detect({ classes: [0, 2], maxObjects: 2 });

    expect(objects.map(({ classIndex, score }) => [classIndex, Number(score.toFixed(1))])).toEqual([
      [0, 0.7],
      [0, 0.5],
    ]);
  });

  it('makes no image that is not asked for', async () => {
    const { objects, annotated } = await detect();

    expect(annotated).toEqual({});
    expect(objects.map(({ crops, classifications }) => [crops, classifications])).toEqual(
      objects.map(() => [{}, {}]),
    );
  });

  it('crops each object out of the picture', async () => {
    const { objects } = await detect({ crops: PNG, minScore: 0.45 });

    const crops = await Promise.all(
      objects.map(({ crops: { image } }) => opened(image ?? expect.fail('no crop'))),
    );
    // 10.5 pixels touch eleven rows.
    expect(crops.map(({ width, height }) => [width, height])).toEqual([
      [80, 30],
      [40, 11],
      [40, 40],
    ]);
    [GREEN, RED, BLUE].forEach((colour, index) => {
      const crop = crops[index] ?? expect.fail('a crop is missing');
      expect(maxDifference(crop.pixels, flat(crop, colour).pixels)).toBe(0);
    });
  });

  it('classifies each object by itself', async () => {
    const classifications = [{ key: 'colour', ...classification(classifier.model, { topK: 1 }) }];

    const { objects } = await detect({ classifications, minScore: 0.45 });

    expect(objects.map(({ classifications: { colour } }) => colour?.labels)).toEqual([
      [{ index: 1, score: 1 }],
      [{ index: 0, score: 1 }],
      [{ index: 2, score: 1 }],
    ]);
  });

  it('does not count the classifications, which have times of their own, as its own', async () => {
    const classifications = [{ key: 'colour', ...classification(classifier.model, { topK: 1 }) }];
    const slow: Network = {
      run: async (feeds) => {
        await setTimeout(50);
        return classifier.network.run(feeds);
      },
    };
    const plan = detection(detector.model, { classifications, minScore: 0.45 });

    const { objects, times } = await detectObjects(viewOf(PICTURE), detector.network, plan, () =>
      Promise.resolve(slow),
    );

    for (const { classifications: own } of objects) {
      expect(own['colour']?.times.inference).toBeGreaterThanOrEqual(49);
    }
    expect(times.postprocess).toBeLessThan(50);
    expect(times.inference).toBeLessThan(50);
  });

  it('draws a frame around each object on a copy of the picture', async () => {
    const before = Uint8Array.from(PICTURE.pixels);

    const { annotated } = await detect({ annotated: PNG, labels: ['cat', 'dog', 'cow'], minScore: 0.8 });

    const drawn = await opened(annotated['image'] ?? expect.fail('no picture'));
    expect([drawn.width, drawn.height]).toEqual([200, 100]);
    expect(pixelAt(drawn, 100, 25)).toEqual(colourOf(1));
    expect(pixelAt(drawn, 179, 39)).toEqual(colourOf(1));
    // Inside, and far away, all is as it was.
    expect(pixelAt(drawn, 140, 25)).toEqual([...GREEN]);
    expect(pixelAt(drawn, 30, 40)).toEqual([...BLUE]);
    expect(maxDifference(PICTURE.pixels, before)).toBe(0);
  });

  it('writes a label above each object, even one without a name', async () => {
    const named = await detect({ annotated: PNG, labels: ['cat', 'dog', 'cow'], minScore: 0.8 });
    const unnamed = await detect({ annotated: PNG, labels: [], minScore: 0.8 });

    const [first, second] = await Promise.all(
      [named, unnamed].map(({ annotated: { image } }) => opened(image ?? expect.fail('no picture'))),
    );
    // The plate above the box, one row inside.
    expect(pixelAt(first ?? expect.fail(), 100, 5)).toEqual(colourOf(1));
    expect(maxDifference(first?.pixels ?? [], second?.pixels ?? [])).toBeGreaterThan(100);
  });

  it('answers for a picture of one pixel', async () => {
    const { objects, annotated } = await detect(
      { annotated: PNG, crops: PNG },
      viewOf(flat({ width: 1, height: 1 }, RED)),
    );

    expect(objects.length).toBeGreaterThan(0);
    expect(objects.map(({ crops: { image } }) => [image?.width, image?.height])).toEqual(
      objects.map(() => [1, 1]),
    );
    expect(annotated['image']).toMatchObject({ width: 1, height: 1 });
  });
});
