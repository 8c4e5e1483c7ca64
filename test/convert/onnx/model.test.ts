import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { ConversionError } from '../../../src/convert/conversion-error.js';
import { valueInfo } from '../../../src/convert/onnx/graph-editor.js';
import { decodeModel, encodeModel, feedsOf, opsetOf, shapeOf } from '../../../src/convert/onnx/model.js';
import type { Tensors } from '../../../src/imaging/tensor.js';
import { maxDifference, randomNumbers } from '../../kit/pictures.js';
import { builtinBytes, loadBytes } from '../../kit/prepared.js';
import { echo } from './tiny.js';

/** Fields of onnx.proto that the converters have no use for, and the way to them. */
const BEYOND = protobuf
  .parse(
    `syntax = "proto3";
  message Model { int64 ir_version = 1; string domain = 4; string doc_string = 6; Graph graph = 7;
    repeated Opset opset_import = 8; repeated Entry metadata_props = 14; }
  message Opset { string domain = 1; int64 version = 2; }
  message Entry { string key = 1; string value = 2; }
  message Graph { repeated Node node = 1; string name = 2; repeated Tensor initializer = 5; string doc_string = 10; }
  message Node { repeated string input = 1; repeated string output = 2; string op_type = 4;
    repeated Attribute attribute = 5; string doc_string = 6; string overload = 8; }
  message Attribute { string name = 1; repeated bytes strings = 9; Graph g = 6; int32 type = 20; }
  message Tensor { repeated int64 dims = 1; int32 data_type = 2; repeated float float_data = 4;
    repeated int32 int32_data = 5; repeated int64 int64_data = 7; string name = 8; string doc_string = 12; }`,
    { keepCase: true },
  )
  .root.lookupType('Model');

describe('a model that is read and written again', () => {
  it.each(['classifier', 'road', 'detector', 'superres'] as const)(
    'computes exactly what the shipped %s does',
    async (name) => {
      const bytes = await builtinBytes(name);
      const size = { classifier: [64, 64], road: [256, 448], detector: [256, 256], superres: [20, 24] }[name];
      const original = await loadBytes(bytes);
      const copy = await loadBytes(encodeModel(decodeModel(bytes)));
      try {
        const feeds = randomFeeds(original.inputs, [1, 3, ...size]);

        const [expected, outputs] = [await original.run(feeds), await copy.run(feeds)];

        expect(Object.keys(outputs)).toEqual(Object.keys(expected));
        for (const [output, { data }] of Object.entries(expected)) {
          expect(Number(data[0])).not.toBeNaN();
          expect(maxDifference(numbers(outputs[output]?.data), numbers(data)), output).toBe(0);
        }
      } finally {
        await Promise.all([original.release(), copy.release()]);
      }
    },
  );

  it('keeps the fields that are not known here, on every level', () => {
    const model = {
      ir_version: '8',
      domain: 'org.example',
      doc_string: 'about the model',
      opset_import: [{ domain: '', version: '13' }],
      metadata_props: [{ key: 'author', value: 'somebody' }],
      graph: {
        name: 'g',
        doc_string: 'about the graph',
        initializer: [
          { dims: ['2'], data_type: 1, float_data: [0.5, -2], name: 'floats', doc_string: 'about a tensor' },
          { dims: ['2'], data_type: 6, int32_data: [3, -4], name: 'ints' },
          { dims: ['1'], data_type: 7, int64_data: ['9007199254740993'], name: 'large' },
        ],
        node: [
          {
            input: ['x'],
            output: ['y'],
            op_type: 'Loop',
            doc_string: 'about a node',
            overload: 'other',
            attribute: [
              { name: 'body', type: 5, g: { name: 'inner', doc_string: 'about a body' } },
              { name: 'names', type: 8, strings: [Buffer.from('a'), Buffer.from('b')] },
            ],
          },
        ],
      },
    };
    const bytes = BEYOND.encode(BEYOND.fromObject(model)).finish();

    const again = encodeModel(decodeModel(bytes));

    const plain = { longs: String, arrays: false };
    expect(BEYOND.toObject(BEYOND.decode(again), plain)).toEqual(
      BEYOND.toObject(BEYOND.decode(bytes), plain),
    );
    expect(BEYOND.toObject(BEYOND.decode(again), plain)).toMatchObject({ doc_string: 'about the model' });
  });
});

describe('what is no model', () => {
  it.each([
    ['text', Buffer.from('This is a letter, not a network.')],
    ['nothing', Buffer.alloc(0)],
    ['random bytes', Buffer.from(Array.from({ length: 4000 }, randomByte(5)))],
    ['a page of HTML', Buffer.from('<!DOCTYPE html><title>404</title>'.repeat(50))],
  ])('%s is refused', (_, bytes) => {
    expect(() => decodeModel(bytes)).toThrow(ConversionError);
    expect(() => decodeModel(bytes)).toThrow(/^The file is not an ONNX model: .+/);
  });

  it.each(['classifier', 'superres'] as const)('a %s that was cut off is refused', async (name) => {
    const bytes = await builtinBytes(name);
    for (const part of [0.01, 0.5, 0.9, 0.999]) {
      const cut = bytes.subarray(0, Math.floor(bytes.length * part));
      expect(() => decodeModel(cut), `${100 * part} %`).toThrow(ConversionError);
    }
  });
});

describe('what is read of a model', () => {
  it('is the version of the standard operators, whatever others there are', () => {
    const model = echo([1]);
    model.opset_import.unshift({ domain: 'com.example', version: 3 });

    expect(opsetOf(model)).toBe(13);
  });

  it("is the version under the standard domain's full name", () => {
    const model = { ...echo([1]), opset_import: [{ domain: 'ai.onnx', version: 12 }] };

    expect(opsetOf(model)).toBe(12);
  });

  it('must include a version', () => {
    const model = { ...echo([1]), opset_import: [{ domain: 'com.example', version: 3 }] };

    expect(() => opsetOf(model)).toThrow(ConversionError);
  });

  it('counts no weight among the inputs, though older files list them there', () => {
    const model = echo([1]);
    model.graph.input.push(valueInfo('weights', 'float', [4]));
    model.graph.initializer.push({ name: 'weights', dims: [4], data_type: 1, raw_data: new Uint8Array(16) });

    expect(feedsOf(model).map(({ name }) => name)).toEqual(['in']);
  });

  it('leaves open sizes open', () => {
    expect(shapeOf(valueInfo('x', 'float', [1, 3, 'height', 'width']))).toEqual([1, 3, null, null]);
    expect(shapeOf(valueInfo('x', 'float', [1, -1]))).toEqual([1, null]);
    expect(shapeOf({ name: 'x', type: { tensor_type: { elem_type: 1 } } })).toEqual([]);
  });
});

function randomFeeds(inputs: readonly string[], dims: number[]): Tensors {
  const random = randomNumbers(7);
  const length = dims.reduce((product, size) => product * size);
  return Object.fromEntries(
    inputs.map((name) => [
      name,
      { type: 'float32', data: Float32Array.from({ length }, () => random() * 255), dims },
    ]),
  );
}

function randomByte(seed: number): () => number {
  const random = randomNumbers(seed);
  return () => Math.floor(random() * 256);
}

function numbers(data: ArrayLike<number | bigint> | undefined): number[] {
  return Array.from(data ?? [], Number);
}
