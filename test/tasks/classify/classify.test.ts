import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classify } from '../../../src/tasks/classify/classify.js';
import { colourClassifier, type TestNetwork } from '../colour-networks.js';
import { BLUE, GREEN, patches, RED, viewOf } from '../pictures.js';
import { classification } from '../plans.js';

const SIZE = { width: 90, height: 30 };
/** Red, green and blue side by side. */
const PICTURE = patches(
  SIZE,
  RED,
  [{ left: 30, top: 0, width: 30, height: 30 }, GREEN],
  [{ left: 60, top: 0, width: 30, height: 30 }, BLUE],
);

describe('classifying', () => {
  let stretching: TestNetwork;
  let covering: TestNetwork;
  beforeAll(async () => {
    stretching = await colourClassifier({ width: 9, height: 9 }, 'stretch');
    covering = await colourClassifier({ width: 10, height: 10 }, 'cover');
  });
  afterAll(() => Promise.all([stretching, covering].map(({ network }) => network.release())));

  it('ranks labels by their scores', async () => {
    const picture = patches(SIZE, RED, [{ left: 60, top: 0, width: 30, height: 30 }, GREEN]);

    const { labels } = await classify(viewOf(picture), stretching.network, classification(stretching.model));

    expect(labels.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(labels.map(({ score }) => Number(score.toFixed(1)))).toEqual([0.7, 0.3, 0]);
  });

  it('gives as many labels as are asked for', async () => {
    const plan = classification(stretching.model, { topK: 2 });

    expect((await classify(viewOf(PICTURE), stretching.network, plan)).labels).toHaveLength(2);
  });

  it('leaves out labels below the least score', async () => {
    const picture = patches(SIZE, RED, [{ left: 60, top: 0, width: 30, height: 30 }, GREEN]);
    const plan = classification(stretching.model, { minScore: 0.5 });

    const { labels } = await classify(viewOf(picture), stretching.network, plan);

    expect(labels.map(({ index }) => index)).toEqual([0]);
  });

  it('covering its input looks at the middle of a wide picture', async () => {
    const { labels } = await classify(
      viewOf(PICTURE),
      covering.network,
      classification(covering.model, { topK: 1 }),
    );

    expect(labels.map(({ index }) => index)).toEqual([1]);
    expect(labels[0]?.score).toBeGreaterThan(0.95);
  });

  it.each([
    ['left', 0, 0],
    ['middle', 30, 1],
    ['right', 60, 2],
  ])('looks at a region only: the %s one', async (_, left, index) => {
    const region = { left, top: 0, width: 30, height: 30 };

    const { labels } = await classify(
      viewOf(PICTURE),
      stretching.network,
      classification(stretching.model),
      region,
    );

    expect(labels[0]?.index).toBe(index);
    expect(labels[0]?.score).toBeGreaterThan(0.99);
  });

  it('classifies a region of a single pixel', async () => {
    const region = { left: 89, top: 29, width: 1, height: 1 };

    const { labels } = await classify(
      viewOf(PICTURE),
      covering.network,
      classification(covering.model),
      region,
    );

    expect(labels[0]).toEqual({ index: 2, score: 1 });
  });

  it.each([
    { width: 1, height: 1 },
    { width: 5000, height: 1 },
    { width: 1, height: 5000 },
  ])('answers for a picture of $width x $height pixels', async (size) => {
    const picture = patches(size, BLUE);

    const { labels } = await classify(viewOf(picture), covering.network, classification(covering.model));

    expect(labels[0]).toEqual({ index: 2, score: 1 });
  });
});
