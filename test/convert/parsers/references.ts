/** What baked graphs compute, written a second time in plain JavaScript. */
import type { Picture } from '../../../src/imaging/picture.js';
import type { Tensor } from '../../../src/imaging/tensor.js';

/** A picture as a network takes it that was not baked: 1 x 3 x height x width, scaled, in RGB or BGR. */
export function planes(picture: Picture, { scale = 1, order = [0, 1, 2] } = {}): Tensor {
  const { width, height, pixels } = picture;
  const area = width * height;
  const data = new Float32Array(area * 3);
  order.forEach((channel, plane) => {
    for (let at = 0; at < area; at += 1) data[plane * area + at] = (pixels[at * 3 + channel] ?? 0) * scale;
  });
  return { type: 'float32', data, dims: [1, 3, height, width] };
}

export function softmax(logits: ArrayLike<number>): number[] {
  const values = Array.from(logits);
  const max = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - max));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The k largest scores, falling, with their places. */
export function topK(scores: ArrayLike<number>, k: number): { index: number; score: number }[] {
  return Array.from(scores, (score, index) => ({ index, score }))
    .sort((a, b) => b.score - a.score)
    .slice(0, k);
}

export type Box = readonly [left: number, top: number, right: number, bottom: number];

export interface Hit {
  readonly classIndex: number;
  readonly score: number;
  readonly box: Box;
}

/** Class by class: the strongest box stays, and whatever overlaps it by more than the threshold goes. */
export function suppressed(
  boxes: readonly Box[],
  scoreOf: (box: number, classIndex: number) => number,
  { classes, iouThreshold, minScore, maxPerClass }: Limits,
): Hit[] {
  return Array.from({ length: classes }, (_, classIndex) => {
    const rest = boxes
      .map((box, index) => ({ classIndex, score: scoreOf(index, classIndex), box }))
      .filter(({ score }) => score > minScore)
      .sort((a, b) => b.score - a.score);
    const kept: Hit[] = [];
    for (const hit of rest) {
      if (kept.length === maxPerClass) break;
      if (kept.every(({ box }) => overlap(box, hit.box) <= iouThreshold)) kept.push(hit);
    }
    return kept;
  }).flat();
}

export interface Limits {
  readonly classes: number;
  readonly iouThreshold: number;
  readonly minScore: number;
  readonly maxPerClass: number;
}

/** Intersection over union. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const area = ([left, top, right, bottom]: Box) => (right - left) * (bottom - top);
  return (width * height) / (area(a) + area(b) - width * height);
}

/** Rows of four numbers. */
export function boxesOf(data: ArrayLike<number>): Box[] {
  const at = (index: number) => data[index] ?? NaN;
  return Array.from({ length: data.length / 4 }, (_, row): Box => [
    at(row * 4),
    at(row * 4 + 1),
    at(row * 4 + 2),
    at(row * 4 + 3),
  ]);
}

/** For each pixel, the strongest of the maps' values there, interpolated between their pixels' centres. */
export function likeliest(
  maps: { data: ArrayLike<number>; count: number; width: number; height: number },
  size: { width: number; height: number },
): Uint8Array {
  const { data, count, width, height } = maps;
  const winners = new Uint8Array(size.width * size.height);
  for (let y = 0; y < size.height; y += 1) {
    const [above, below, down] = neighbours(y, size.height, height);
    for (let x = 0; x < size.width; x += 1) {
      const [before, after, across] = neighbours(x, size.width, width);
      const valueOf = (map: number) => {
        const at = (row: number, column: number) => data[(map * height + row) * width + column] ?? NaN;
        const upper = at(above, before) * (1 - across) + at(above, after) * across;
        return upper * (1 - down) + (at(below, before) * (1 - across) + at(below, after) * across) * down;
      };
      const values = Array.from({ length: count }, (_, map) => valueOf(map));
      winners[y * size.width + x] = values.indexOf(Math.max(...values));
    }
  }
  return winners;
}

/** The two pixels around a position, and how far it is from the first to the second. */
function neighbours(index: number, from: number, to: number): [number, number, number] {
  const position = Math.min(Math.max(((index + 0.5) * to) / from - 0.5, 0), to - 1);
  const before = Math.floor(position);
  return [before, Math.min(before + 1, to - 1), position - before];
}
