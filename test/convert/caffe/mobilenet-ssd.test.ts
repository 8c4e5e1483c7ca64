import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { bake } from '../../../src/convert/bake.js';
import { BAKED } from '../../../src/convert/bake/names.js';
import { convertCaffe } from '../../../src/convert/caffe.js';
import { pixelTensor, take, type Tensors } from '../../../src/imaging/tensor.js';
import {
  boxesOf,
  suppressed,
  detectionsOf,
  foundBy,
  limits,
  maxDifference,
  readFloats,
  type Detection,
} from './comparison.js';
import { runOnce, tensor } from './small-net.js';

const shared = inject('shared');
const SIZE = 300;
const MEAN = 127.5;
const SCALE = 0.007843;
const expectedShape = z.object({ detection_out: z.array(z.array(z.number())) });

describe.skipIf(shared === null)('the published MobileNet-SSD with made-up weights, against OpenCV', () => {
  const reference = (name: string) => join(shared ?? '', 'reference/mobilenet-ssd', name);
  let prototxt: Uint8Array;
  let caffemodel: Uint8Array;
  let input: Float32Array;

  beforeAll(async () => {
    prototxt = await readFile(join(shared ?? '', 'models/mobilenet-ssd/deploy.prototxt'));
    caffemodel = gunzipSync(await readFile(reference('made-up-weights.caffemodel.gz')));
    input = await readFloats(reference('input.f32'));
  });

  describe('its raw blobs', () => {
    let raw: Tensors;

    beforeAll(async () => {
      const outputs = ['mbox_conf_flatten', 'mbox_loc', 'mbox_priorbox'];
      const { onnx } = convertCaffe(prototxt, caffemodel, { outputs });
      raw = await runOnce(onnx, { data: tensor([1, 3, SIZE, SIZE], input) });
    });

    it.each(['mbox_conf_flatten', 'mbox_loc', 'mbox_priorbox'])('%s is within 1e-4', async (name) => {
      const expected = await readFloats(reference(`${name}.f32`));
      expect(maxDifference(take(raw, name, 'float32').data, expected)).toBeLessThan(1e-4);
    });
  });

  describe('its detections', () => {
    let expected: Detection[];
    let found: Detection[];

    beforeAll(async () => {
      const text = await readFile(reference('expected.json'), 'utf8');
      expected = detectionsOf(expectedShape.parse(JSON.parse(text)).detection_out);
      found = await detect({ data: tensor([1, 3, SIZE, SIZE], input) }, suppressed);
    });

    it('are of the same classes in the same order', () => {
      expect(found.map((object) => object.class)).toEqual(expected.map((object) => object.class));
    });

    it('score the same within 1e-4', () => {
      const scores = (objects: Detection[]) => objects.map(({ score }) => score);
      expect(maxDifference(scores(found), scores(expected))).toBeLessThan(1e-4);
    });

    it('have the same boxes within a thousandth of the picture', () => {
      const boxes = (objects: Detection[]) => objects.flatMap(({ box }) => box);
      expect(maxDifference(boxes(found), boxes(expected))).toBeLessThan(1e-3);
    });
  });

  it('finds the same in pixels once its input is baked in as in the numbers made of them', async () => {
    const pixels = pixelsOf(input);
    const spec = {
      width: SIZE,
      height: SIZE,
      layout: 'NCHW',
      channels: 'BGR',
      mean: Array<number>(3).fill(MEAN),
      scale: Array<number>(3).fill(SCALE),
    } as const;
    const fromPixels = await detect(
      { [BAKED.pixels]: pixelTensor({ pixels, width: SIZE, height: SIZE }) },
      (onnx, iouThreshold) => bake(onnx, { input: spec, output: boxesOf(iouThreshold) }),
    );
    const fromNumbers = await detect({ data: tensor([1, 3, SIZE, SIZE], numbersOf(pixels)) }, suppressed);
    expect(fromPixels).toHaveLength(100);
    expect(fromPixels.map((object) => object.class)).toEqual(fromNumbers.map((object) => object.class));
    const boxes = (objects: Detection[]) => objects.flatMap(({ box }) => box);
    expect(maxDifference(boxes(fromPixels), boxes(fromNumbers))).toBeLessThan(1e-3);
  });

  it('tells the thresholds and classes of its DetectionOutput layer', () => {
    expect(convertCaffe(prototxt, caffemodel).detection).toEqual({
      classes: 21,
      background: 0,
      nmsThreshold: expect.closeTo(0.45) as unknown,
      topK: 100,
      keepTopK: 100,
      confidenceThreshold: 0.25,
    });
  });

  it('is refused by the name of the layer behind which a shortened caffemodel breaks off', () => {
    expect(() => convertCaffe(prototxt, caffemodel.subarray(0, caffemodel.length / 2))).toThrow(
      /^The caffemodel is damaged or breaks off after layer 'conv\d+.*'.*; fetch it again$/,
    );
  });

  /** Converts the network, bakes it as told, and runs it with the thresholds of its own DetectionOutput layer. */
  async function detect(
    feeds: Tensors,
    baked: (onnx: Uint8Array, iouThreshold: number) => Uint8Array,
  ): Promise<Detection[]> {
    const { onnx, detection } = convertCaffe(prototxt, caffemodel);
    if (!detection) throw new Error('the network has no DetectionOutput layer');
    const file = baked(onnx, detection.nmsThreshold);
    const outputs = await runOnce(file, { ...feeds, ...limits(100, detection.confidenceThreshold) });
    return foundBy(outputs, { width: SIZE, height: SIZE }, detection.keepTopK);
  }
});

/** Whole pixels, RGB and channels last, near the reference's input, which is BGR and channels first. */
function pixelsOf(input: Float32Array): Uint8Array {
  const area = SIZE * SIZE;
  return Uint8Array.from({ length: input.length }, (_, index) => {
    const at = Math.floor(index / 3);
    return Math.round((input[(2 - (index % 3)) * area + at] ?? 0) / SCALE + MEAN);
  });
}

/** The network's input made of pixels, in plain arithmetic. */
function numbersOf(pixels: Uint8Array): Float32Array {
  const area = SIZE * SIZE;
  return Float32Array.from(pixels, (_, index) => {
    const channel = 2 - Math.floor(index / area);
    return ((pixels[(index % area) * 3 + channel] ?? 0) - MEAN) * SCALE;
  });
}
