import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { bakeModel, type NamedFile, type PublishedModel } from '../../src/convert/bake-model.js';
import type { BakeSpec } from '../../src/convert/bake/spec.js';
import type { OutputSpec } from '../../src/convert/parsers/parsers.js';
import { ConversionError } from '../../src/convert/conversion-error.js';
import { encodeModel } from '../../src/convert/onnx/model.js';
import type { Shape } from '../../src/convert/onnx/graph-editor.js';
import { builtinBytes } from '../kit/prepared.js';
import { tinyModel } from './onnx/tiny.js';

const ADVICE = 'Correct the manifest entry, or put another file and its digest there.';
const PIXELS = {
  width: 4,
  height: 2,
  layout: 'NCHW',
  channels: 'RGB',
  mean: [0, 0, 0],
  scale: [1, 1, 1],
} as const;
const TOP_K = { parser: 'softmax-top-k', logits: true } as const;
const YOLOX = { parser: 'yolox', strides: [2], iouThreshold: 0.5 } as const;
const SSD = { parser: 'ssd', boxes: 'b', scores: 's', iouThreshold: 0.5 } as const;

/** A network that gives out nothing but ones, in these shapes. */
function ones(outputs: Record<string, Shape>, file = 'tiny.onnx'): NamedFile[] {
  const model = tinyModel({ inputs: { x: [1, 3, 2, 4] }, outputs }, (editor) => {
    for (const name of Object.keys(outputs)) editor.add('Identity', ['x'], {}, name);
  });
  return [{ name: file, bytes: encodeModel(model) }];
}

function onnx(files: readonly NamedFile[], output: OutputSpec, labelCount?: number): PublishedModel {
  const spec: BakeSpec = { input: PIXELS, output, ...(labelCount !== undefined && { labelCount }) };
  return { format: 'onnx', files, spec };
}

function refusal(model: PublishedModel): string {
  try {
    bakeModel(model);
  } catch (error) {
    expect(error).toBeInstanceOf(ConversionError);
    return error instanceof Error ? error.message : '';
  }
  throw new Error('nothing was refused');
}

describe('a list of labels', () => {
  const networks: [string, Record<string, Shape>, OutputSpec, number][] = [
    ['a vector', { y: [5] }, TOP_K, 5],
    ['a vector for each picture', { y: [1, 5] }, TOP_K, 5],
    ['a vector for any number of pictures', { y: ['pictures', 5] }, TOP_K, 5],
    ['a vector with sides', { y: [1, 5, 1, 1] }, TOP_K, 5],
    ['scores of boxes', { b: [1, 9, 4], s: [1, 9, 7] }, SSD, 7],
    ['cells', { y: [1, 2, 8] }, YOLOX, 3],
  ];

  it.each(networks)('of another length than %s is refused, with both', (_, outputs, output, classes) => {
    for (const labels of [classes - 1, classes + 1]) {
      expect(refusal(onnx(ones(outputs), output, labels))).toBe(
        `The file tiny.onnx cannot be used: the network tells ${classes} classes apart, but its list of labels has ${labels}. ${ADVICE}`,
      );
    }
  });

  it.each(networks)('as long as %s is accepted, and so is none', (_, outputs, output, classes) => {
    for (const labels of [classes, 0, undefined])
      expect(() => bakeModel(onnx(ones(outputs), output, labels))).not.toThrow();
  });

  it.each<[string, Record<string, Shape>, OutputSpec]>([
    ['a vector of open length', { y: [1, 'classes'] }, TOP_K],
    ['a vector without a shape', { y: [] }, TOP_K],
    ['scores of open length', { b: [1, 9, 4], s: [1, 9, 'classes'] }, SSD],
  ])('is not held against %s', (_, outputs, output) => {
    expect(() => bakeModel(onnx(ones(outputs), output, 3))).not.toThrow();
  });

  it('fits the classifier that ships', async () => {
    const files = [{ name: 'model.onnx', bytes: await builtinBytes('classifier') }];
    const input = { ...PIXELS, width: 64, height: 64 };
    const spec = (labelCount: number) => ({ input, output: { ...TOP_K, logits: false }, labelCount });
    expect(() => bakeModel({ format: 'onnx', files, spec: spec(200) })).not.toThrow();
    expect(refusal({ format: 'onnx', files, spec: spec(1000) })).toContain('tells 200 classes apart');
  });
});

describe('a Caffe network that ends in DetectionOutput', () => {
  let files: NamedFile[];
  beforeAll(async () => {
    const read = async (name: string) => ({
      name,
      bytes: await readFile(`test/fixtures/caffe/every-layer/${name}`),
    });
    files = [await read('deploy.prototxt'), await read('weights.caffemodel')];
  });

  const caffe = (iouThreshold: number, labelCount = 0): PublishedModel => ({
    format: 'caffe',
    files,
    spec: {
      input: { ...PIXELS, width: 20, height: 16 },
      output: { parser: 'ssd', boxes: 'boxes', scores: 'scores', iouThreshold },
      labelCount,
    },
  });

  it.each([0.4, Math.fround(0.4), 0.4000005])('is baked with its own threshold: %d', (iouThreshold) => {
    expect(bakeModel(caffe(iouThreshold)).length).toBeGreaterThan(0);
  });

  it.each([0.45, 0.399, 0])('is refused with another one: %d', (iouThreshold) => {
    expect(refusal(caffe(iouThreshold))).toBe(
      'The files deploy.prototxt and weights.caffemodel cannot be used: ' +
        `the network's DetectionOutput layer has the nms_threshold 0.4, but its manifest entry has the iouThreshold ${iouThreshold}; ` +
        `set output.iouThreshold to 0.4. ${ADVICE}`,
    );
  });

  it('has a label for each of its classes but the background', () => {
    expect(() => bakeModel(caffe(0.4, 3))).not.toThrow();
    expect(refusal(caffe(0.4, 4))).toContain('tells 3 classes apart, but its list of labels has 4');
  });

  it('is told in one line when its text breaks off', () => {
    const [prototxt, caffemodel] = files;
    if (!prototxt || !caffemodel) throw new Error('a Caffe network has two files');
    const model = {
      ...caffe(0.4),
      files: [{ ...prototxt, bytes: prototxt.bytes.subarray(0, 900) }, caffemodel],
    };
    expect(refusal(model)).toMatch(
      /^The files deploy\.prototxt and weights\.caffemodel cannot be used: [^\n]+$/,
    );
  });
});

describe('an operator', () => {
  const named = (operator: string, domain: string) => {
    const model = tinyModel({ inputs: { x: [1, 3, 2, 4] }, outputs: { y: [1, 24] } }, (editor) => {
      editor.add(operator, ['x'], {}, 'y');
    });
    const node = model.graph.node.map((one) => ({ ...one, domain }));
    const bytes = encodeModel({ ...model, graph: { ...model.graph, node } });
    return onnx([{ name: 'tiny.onnx', bytes }], TOP_K);
  };

  it.each(['', 'ai.onnx'])("that nobody knows in the domain '%s' is named with what it makes", (domain) => {
    expect(refusal(named('Frobnicate', domain))).toBe(
      "The file tiny.onnx cannot be used: the node that makes 'y' has the operator 'Frobnicate', " +
        `which is none of the standard ones up to version 17. ${ADVICE}`,
    );
  });

  it('of a domain of the runtime’s own is left to the runtime', () => {
    expect(() => bakeModel(named('FusedConv', 'com.microsoft'))).not.toThrow();
  });
});

it('a fault that nobody thought of is told with the file, too', () => {
  const broken: NamedFile = {
    name: 'tiny.onnx',
    get bytes(): Uint8Array {
      throw new RangeError('Invalid array length\nof something');
    },
  };
  expect(refusal(onnx([broken], TOP_K))).toBe(
    `The file tiny.onnx cannot be used: invalid array length of something. ${ADVICE}`,
  );
});
