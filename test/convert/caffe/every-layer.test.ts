import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { convertCaffe } from '../../../src/convert/caffe.js';
import { decodeModel } from '../../../src/convert/onnx/model.js';
import { take, type Tensor, type Tensors } from '../../../src/imaging/tensor.js';
import { detectionsOf, foundBy, limits, maxDifference, readFloats, suppressed } from './comparison.js';
import { runOnce, tensor } from './small-net.js';

const PICTURE = { width: 20, height: 16 };

// test/reference/caffe_reference.py made the files.
describe('a small network of every known layer, against OpenCV', () => {
  const file = (name: string) => join('test/fixtures/caffe/every-layer', name);
  let prototxt: Uint8Array;
  let caffemodel: Uint8Array;
  let data: Tensor;

  beforeAll(async () => {
    prototxt = await readFile(file('deploy.prototxt'));
    caffemodel = await readFile(file('weights.caffemodel'));
    data = tensor([1, 3, PICTURE.height, PICTURE.width], await readFloats(file('data.f32')));
  });

  describe('raw blobs', () => {
    const names = ['joined', 'loc', 'scores', 'priors'];
    let raw: Tensors;

    beforeAll(async () => {
      raw = await runOnce(convertCaffe(prototxt, caffemodel, { outputs: names }).onnx, { data });
    });

    it.each(names)('%s is within 1e-5', async (name) => {
      expect(
        maxDifference(take(raw, name, 'float32').data, await readFloats(file(`${name}.f32`))),
      ).toBeLessThan(1e-5);
    });
  });

  it('finds the same objects in the same order', async () => {
    const rows = await readFloats(file('found.f32'));
    const expected = detectionsOf(
      Array.from({ length: rows.length / 7 }, (_, row) => rows.subarray(row * 7, row * 7 + 7)),
    );
    const { onnx, detection } = convertCaffe(prototxt, caffemodel);
    const outputs = await runOnce(suppressed(onnx, detection?.nmsThreshold ?? 0), {
      data,
      ...limits(400, detection?.confidenceThreshold ?? 0),
    });
    const found = foundBy(outputs, PICTURE, detection?.keepTopK ?? 0);

    expect(found.map((object) => object.class)).toEqual(expected.map((object) => object.class));
    const numbers = (objects: typeof found) => objects.flatMap(({ score, box }) => [score, ...box]);
    expect(maxDifference(numbers(found), numbers(expected))).toBeLessThan(1e-4);
  });

  it('holds no more convolutions and scalings than it needs', () => {
    const operators = decodeModel(convertCaffe(prototxt, caffemodel).onnx).graph.node.map(
      ({ op_type: operator }) => operator,
    );
    const count = (name: string) => operators.filter((operator) => operator === name).length;
    expect(count('Conv')).toBe(7);
    // scale3 and bn3 behind a ReLU, and three in the decoding of boxes; bn1, scale1 and scale2 are folded.
    expect(count('Mul')).toBe(5);
    expect(count('BatchNormalization')).toBe(0);
  });
});
