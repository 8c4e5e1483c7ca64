/** Networks that a test writes down: a prototxt as text, and weights as plain numbers. */
import protobuf from 'protobufjs';
import { convertCaffe, type CaffeConversion } from '../../../src/convert/caffe.js';
import type { Tensor, Tensors } from '../../../src/imaging/tensor.js';
import { loadBytes } from '../../kit/prepared.js';

/** A blob to be written; `old` gives its shape as four sizes, as Caffe did in its first year. */
export interface WrittenBlob {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly as?: 'float' | 'double' | 'old';
}

// Written with the types of Caffe's own definition, which the converter reads as bytes.
const NetMessage = protobuf
  .parse(
    `syntax = "proto2";
    message Net { optional string name = 1; repeated Layer layer = 100; }
    message Layer { optional string name = 1; optional string type = 2; repeated Blob blobs = 7; }
    message Blob {
      optional int32 num = 1; optional int32 channels = 2; optional int32 height = 3; optional int32 width = 4;
      repeated float data = 5 [packed = true];
      optional Shape shape = 7;
      repeated double doubleData = 8 [packed = true];
    }
    message Shape { repeated int64 dim = 1 [packed = true]; }`,
  )
  .root.lookupType('Net');

/** A caffemodel with the blobs of each layer. */
export function caffemodelOf(layers: Readonly<Record<string, readonly WrittenBlob[]>>): Uint8Array {
  const layer = Object.entries(layers).map(([name, blobs]) => ({ name, blobs: blobs.map(written) }));
  return NetMessage.encode(NetMessage.create({ name: 'test', layer })).finish();
}

function written({ shape, values, as = 'float' }: WrittenBlob): object {
  if (as === 'double') return { shape: { dim: shape }, doubleData: values };
  if (as === 'float') return { shape: { dim: shape }, data: values };
  const [num, channels, height, width] = [...Array<number>(4 - shape.length).fill(1), ...shape];
  return { num, channels, height, width, data: values };
}

/** A blob whose numbers all differ: `start`, `start + step`, ... */
export function ramp(shape: readonly number[], start = 0, step = 1): WrittenBlob {
  const count = shape.reduce((product, size) => product * size, 1);
  return { shape, values: Array.from({ length: count }, (_, index) => start + index * step) };
}

/** Converts a network that is written down in a test. */
export function convert(
  prototxt: string,
  layers: Readonly<Record<string, readonly WrittenBlob[]>> = {},
  outputs?: readonly string[],
): CaffeConversion {
  const weights = caffemodelOf({ unused: [], ...layers });
  return convertCaffe(new TextEncoder().encode(prototxt), weights, outputs ? { outputs } : {});
}

/** A tensor of floats. */
export function tensor(dims: readonly number[], values: ArrayLike<number>): Tensor {
  return { type: 'float32', data: Float32Array.from(values), dims };
}

/** Runs an ONNX file once. */
export async function runOnce(onnx: Uint8Array, feeds: Tensors): Promise<Tensors> {
  const session = await loadBytes(onnx);
  try {
    return await session.run(feeds);
  } finally {
    await session.release();
  }
}

/** Converts a network with one input `data`, and runs it on the given picture. */
export async function answer(
  prototxt: string,
  layers: Readonly<Record<string, readonly WrittenBlob[]>>,
  data: Tensor,
  outputs?: readonly string[],
): Promise<Readonly<Record<string, { dims: readonly number[]; values: number[] }>>> {
  const { onnx } = convert(prototxt, layers, outputs);
  const made = await runOnce(onnx, { data });
  return Object.fromEntries(
    Object.entries(made).map(([name, { dims, data: values }]) => [
      name,
      { dims: [...dims], values: Array.from(values, Number) },
    ]),
  );
}
