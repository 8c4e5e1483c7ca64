import { readFile } from 'node:fs/promises';
import { bakeOutput } from '../../../src/convert/bake/output.js';
import { decodeModel, encodeModel } from '../../../src/convert/onnx/model.js';
import { floats, int64s, take, type Tensors } from '../../../src/imaging/tensor.js';
import { BAKED } from '../../../src/convert/bake/names.js';

/** Little-endian float32 numbers of a file. */
export async function readFloats(file: string): Promise<Float32Array> {
  return new Float32Array(new Uint8Array(await readFile(file)).buffer);
}

/** The largest difference between numbers at the same place; infinite where there are not as many. */
export function maxDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let largest = 0;
  for (let index = 0; index < actual.length; index += 1) {
    const difference = Math.abs((actual[index] ?? NaN) - (expected[index] ?? NaN));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

/** An object as Caffe's DetectionOutput tells it; class 0 is the background, the box in shares of the picture. */
export interface Detection {
  readonly class: number;
  readonly score: number;
  readonly box: readonly number[];
}

/** The rows of a DetectionOutput blob: picture, class, score, left, top, right, bottom. */
export function detectionsOf(rows: Iterable<ArrayLike<number>>): Detection[] {
  return Array.from(rows, (row) => {
    const [, label = 0, score = 0, ...box] = Array.from(row);
    return { class: label, score, box };
  });
}

/** What the parser `ssd` is told of a converted network. */
export const boxesOf = (iouThreshold: number) =>
  ({ parser: 'ssd', boxes: 'boxes', scores: 'scores', iouThreshold }) as const;

/** The network with non-maximum suppression behind it, but the numbers of Caffe's input before it, not pixels. */
export function suppressed(onnx: Uint8Array, iouThreshold: number): Uint8Array {
  const model = decodeModel(onnx);
  const input = { layout: 'NCHW', channels: 'BGR', mean: [0, 0, 0], scale: [1, 1, 1] } as const;
  bakeOutput(model, { input, output: boxesOf(iouThreshold) });
  return encodeModel(model);
}

/** What a baked graph is fed beside the picture. */
export function limits(maxPerClass: number, minScore: number): Tensors {
  return { [BAKED.maxPerClass]: int64s(maxPerClass), [BAKED.minScore]: floats(minScore) };
}

/** The objects that a baked graph found, the best first, as Caffe tells them. */
export function foundBy(
  outputs: Tensors,
  picture: { width: number; height: number },
  keep: number,
): Detection[] {
  const boxes = take(outputs, BAKED.boxes, 'float32').data;
  const scores = take(outputs, BAKED.scores, 'float32').data;
  const classes = take(outputs, BAKED.classes, 'int32').data;
  return Array.from(scores, (score, index) => ({
    // The converted network leaves out the background, which is Caffe's class 0.
    class: (classes[index] ?? 0) + 1,
    score,
    box: Array.from(
      boxes.subarray(index * 4, index * 4 + 4),
      (value, side) => value / (side % 2 === 0 ? picture.width : picture.height),
    ),
  }))
    .sort((a, b) => b.score - a.score)
    .slice(0, keep);
}
