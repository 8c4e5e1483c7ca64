/**
 * Networks that are told by colours what a real one has to learn: small enough to know each answer, and run by
 * the real runtime in real baked graphs.
 */
import { bake } from '../../src/convert/bake.js';
import type { OutputSpec } from '../../src/convert/parsers/parsers.js';
import { encodeModel } from '../../src/convert/onnx/model.js';
import type { Size } from '../../src/imaging/picture.js';
import type { Fit } from '../../src/imaging/placement.js';
import type { LoadedSession } from '../../src/inference/session.js';
import type { PreparedModel } from '../../src/registry/prepared-model.js';
import { tinyModel } from '../convert/onnx/tiny.js';
import { loadBytes } from '../kit/prepared.js';

export interface TestNetwork {
  readonly model: PreparedModel;
  readonly network: LoadedSession;
}

/** What the fixed detector "finds": corners in input pixels. */
export interface FixedObject {
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
  readonly classIndex: number;
  readonly score: number;
}

/** A model's facts, for plans; nothing of it is ever loaded. */
export function modelOf(output: OutputSpec, size: Size, fit: Fit, id: string = output.parser): PreparedModel {
  return {
    id,
    file: `${id}.onnx`,
    digest: id,
    input: { size, fit, pad: 0 },
    output,
    labelCount: 3,
    cost: { run: 1, megapixel: 0 },
  };
}

/** Scores of red, green and blue: the means of the channels in the middle of the picture, 0..1. */
export async function colourClassifier(size: Size, fit: Fit): Promise<TestNetwork> {
  const model = modelOf({ parser: 'softmax-top-k', logits: false }, size, fit, 'colour-classifier');
  const shape = { inputs: { x: [1, 3, size.height, size.width] }, outputs: { y: [1, 3] } };
  const plain = tinyModel(shape, (editor) => {
    editor.add('ReduceMean', ['x'], { axes: [2, 3], keepdims: 0 }, 'y');
  });
  return { model, network: await baked(model, encodeModel(plain), 1 / 255) };
}

/** Each pixel's strongest channel: red is road, green is curb, blue is mark. */
export async function colourSegmenter(size: Size): Promise<TestNetwork> {
  const model = modelOf(
    { parser: 'segmentation-argmax', classes: [1, 2, 3] },
    size,
    'stretch',
    'colour-segmenter',
  );
  const shape = [1, 3, size.height, size.width];
  const plain = tinyModel({ inputs: { x: shape }, outputs: { y: shape } }, (editor) => {
    editor.add('Identity', ['x'], {}, 'y');
  });
  return { model, network: await baked(model, encodeModel(plain)) };
}

/** Finds the same objects in any picture, of three classes; none of them overlap. */
export async function fixedDetector(
  size: Size,
  fit: Fit,
  objects: readonly FixedObject[],
): Promise<TestNetwork> {
  const output: OutputSpec = { parser: 'ssd', boxes: 'b', scores: 's', iouThreshold: 0.5 };
  const model = modelOf(output, size, fit, 'fixed-detector');
  const count = objects.length;
  const scores = objects.flatMap(({ classIndex, score }) =>
    [0, 1, 2].map((index) => (index === classIndex ? score : 0)),
  );
  const shape = {
    inputs: { x: [1, 3, size.height, size.width] },
    outputs: { b: [1, count, 4], s: [1, count, 3] },
  };
  const plain = tinyModel(shape, (editor) => {
    const nothing = editor.add('Mul', [editor.add('ReduceMax', ['x'], { keepdims: 0 }), editor.floats(0)]);
    editor.add(
      'Add',
      [
        editor.floats(
          objects.flatMap(({ box }) => box),
          [1, count, 4],
        ),
        nothing,
      ],
      {},
      'b',
    );
    editor.add('Add', [editor.floats(scores, [1, count, 3]), nothing], {}, 's');
  });
  return { model, network: await baked(model, encodeModel(plain)) };
}

async function baked({ input, output }: PreparedModel, plain: Uint8Array, scale = 1): Promise<LoadedSession> {
  const spec = { layout: 'NCHW', channels: 'RGB', mean: [0, 0, 0], scale: [scale, scale, scale] } as const;
  return loadBytes(bake(plain, { input: { ...spec, ...input.size }, output }));
}

/** Gives the network of a plan's model, as an inference thread's cache would. */
export function loaderOf(
  ...networks: readonly TestNetwork[]
): (model: PreparedModel) => Promise<LoadedSession> {
  return (wanted) => {
    const known = networks.find(({ model }) => model.id === wanted.id);
    return known ? Promise.resolve(known.network) : Promise.reject(new Error(`no test network ${wanted.id}`));
  };
}
