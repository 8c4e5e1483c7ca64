import { BAKED } from '../../../src/convert/bake/names.js';
import type { Picture } from '../../../src/imaging/picture.js';
import { floats, int64s, pixelTensor, take, type Network } from '../../../src/imaging/tensor.js';
import { expect } from 'vitest';
import { boxesOf, type Hit, type Limits } from './references.js';

/** What a baked detector finds. */
export async function detected(
  network: Network,
  picture: Picture,
  limits: Pick<Limits, 'minScore' | 'maxPerClass'>,
): Promise<Hit[]> {
  const outputs = await network.run({
    [BAKED.pixels]: pixelTensor(picture),
    [BAKED.maxPerClass]: int64s(limits.maxPerClass),
    [BAKED.minScore]: floats(limits.minScore),
  });
  const scores = take(outputs, BAKED.scores, 'float32').data;
  const classes = take(outputs, BAKED.classes, 'int32').data;
  return boxesOf(take(outputs, BAKED.boxes, 'float32').data).map((box, index) => ({
    classIndex: classes[index] ?? -1,
    score: scores[index] ?? NaN,
    box,
  }));
}

/** The same objects, to a hair's breadth, in whatever order. */
export function expectSame(found: readonly Hit[], expected: readonly Hit[]): void {
  const inOrder = (hits: readonly Hit[]) =>
    [...hits].sort((a, b) => a.classIndex - b.classIndex || b.score - a.score);
  const [left, right] = [inOrder(found), inOrder(expected)];
  expect(left.map(({ classIndex }) => classIndex)).toEqual(right.map(({ classIndex }) => classIndex));
  left.forEach((hit, index) => {
    const other = right[index] ?? hit;
    expect(Math.abs(hit.score - other.score), `score of object ${index}`).toBeLessThan(1e-5);
    hit.box.forEach((value, side) => {
      expect(Math.abs(value - (other.box[side] ?? NaN)), `side ${side} of object ${index}`).toBeLessThan(
        1e-2,
      );
    });
  });
}
