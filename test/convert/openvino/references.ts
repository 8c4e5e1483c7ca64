import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, inject } from 'vitest';
import { z } from 'zod';
import { convertOpenVino, type OpenVinoOptions } from '../../../src/convert/openvino.js';
import type { Tensor } from '../../../src/imaging/tensor.js';

/** The published networks, by their place in a model mirror. */
export const PUBLISHED = {
  classifier: 'mobilenet-v3-small/v3-small_224_1.0_float',
  road: 'road-segmentation-adas-0001/road-segmentation-adas-0001',
  superResolution: 'single-image-super-resolution-1032/FP32/single-image-super-resolution-1032',
  superResolutionInt8: 'single-image-super-resolution-1032/FP16-INT8/single-image-super-resolution-1032',
} as const;
export type Published = keyof typeof PUBLISHED;

/** Reads and converts a published network; only where there is a shared folder. */
export async function converted(network: Published, options?: OpenVinoOptions): Promise<Uint8Array> {
  const [xml, bin] = await readIr(network);
  return convertOpenVino(xml, bin, options);
}

export function readIr(network: Published): Promise<[Buffer, Buffer]> {
  const base = join(inject('shared') ?? '', 'models', PUBLISHED[network]);
  return Promise.all([readFile(`${base}.xml`), readFile(`${base}.bin`)]);
}

const fixture = z.object({
  height: z.number(),
  width: z.number(),
  shape: z.array(z.number()),
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  deviation: z.number(),
  stride: z.number(),
  values: z.array(z.number()),
});
export type Reference = z.infer<typeof fixture>;

/** What OpenVINO answered; made by `test/reference/openvino_reference.py`. */
export async function reference(name: string): Promise<Reference> {
  const file = await readFile(resolve('test/fixtures/openvino', `${name}.json.gz`));
  return fixture.parse(JSON.parse(gunzipSync(file).toString()));
}

/** The largest difference from the reference's values, as a part of the range of the whole output. */
export function largestDifference(tensor: Tensor | undefined, expected: Reference): number {
  const data = floatsOf(tensor);
  const range = expected.max - expected.min;
  return expected.values.reduce(
    (largest, value, index) =>
      Math.max(largest, Math.abs((data[index * expected.stride] ?? NaN) - value) / range),
    0,
  );
}

/**
 * Expects all statistics over the whole output to be those of the reference.
 * @param tolerance a part of the output's range
 */
export function expectStatistics(tensor: Tensor | undefined, expected: Reference, tolerance: number): void {
  const data = floatsOf(tensor);
  const range = expected.max - expected.min;
  let [min, max, sum, squares] = [Infinity, -Infinity, 0, 0];
  for (const value of data) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    squares += value * value;
  }
  const mean = sum / data.length;
  const actual = { min, max, mean, deviation: Math.sqrt(squares / data.length - mean * mean) };
  for (const statistic of ['min', 'max', 'mean', 'deviation'] as const) {
    expect(Math.abs(actual[statistic] - expected[statistic]) / range, statistic).toBeLessThan(tolerance);
  }
}

export function floatsOf(tensor: Tensor | undefined): Float32Array {
  if (tensor?.type !== 'float32') throw new Error('expected an output of floats');
  return tensor.data;
}

/** Peak signal-to-noise ratio in decibels of two pictures with values from 0 to 1; outside of that, limited to it. */
export function psnr(actual: Float32Array, expected: Float32Array): number {
  const limit = (value: number | undefined): number => Math.min(Math.max(value ?? NaN, 0), 1);
  const squares = actual.reduce((sum, value, index) => sum + (limit(value) - limit(expected[index])) ** 2, 0);
  return -10 * Math.log10(squares / actual.length);
}
