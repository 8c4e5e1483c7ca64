import type { GraphEditor } from '../../../src/convert/onnx/graph-editor.js';
import { type Shape } from '../../../src/convert/onnx/graph-editor.js';
import type { ModelProto } from '../../../src/convert/onnx/messages.js';
import { decodeModel, encodeModel } from '../../../src/convert/onnx/model.js';
import { PassGraph } from '../../../src/convert/passes/graph.js';
import { sweep } from '../../../src/convert/passes/sweep.js';
import type { Tensor, Tensors } from '../../../src/imaging/tensor.js';
import { randomNumbers } from '../../kit/pictures.js';
import { loadBytes } from '../../kit/prepared.js';
import { tinyModel } from '../onnx/tiny.js';

export type Pass = (graph: PassGraph) => void;

/** A network from `x` to `y` alone, of any sizes, with operators of version 17. */
export function network(shape: Shape, build: (editor: GraphEditor) => void, out: Shape = []): ModelProto {
  return tinyModel({ inputs: { x: shape }, outputs: { y: out }, opset: 17 }, build);
}

/** The network behind a pass, without what nothing needs any more; the one that was given stays as it is. */
export function passed(model: ModelProto, ...passes: readonly Pass[]): ModelProto {
  const copy = decodeModel(encodeModel(model));
  const graph = new PassGraph(copy);
  for (const pass of passes) pass(graph);
  sweep(graph, []);
  return copy;
}

export function operators(model: ModelProto): string[] {
  return model.graph.node.map(({ op_type: operator }) => operator);
}

/** Values from -1 to 1. */
export function randomFloats(count: number, seed: number): Float32Array {
  const random = randomNumbers(seed);
  return Float32Array.from({ length: count }, () => 2 * random() - 1);
}

/** A constant of random floats. */
export function weights(editor: GraphEditor, dims: readonly number[], seed: number): string {
  const values = randomFloats(
    dims.reduce((product, size) => product * size, 1),
    seed,
  );
  return editor.weights('float', dims, new Uint8Array(values.buffer));
}

/** A random feed for `x`. */
export function randomFeed(dims: readonly number[], seed: number): Tensors {
  const count = dims.reduce((product, size) => product * size, 1);
  return { x: { type: 'float32', data: randomFloats(count, seed), dims: [...dims] } };
}

/** What a network gives for `y`. */
export async function run(model: ModelProto, feeds: Tensors): Promise<Tensor> {
  const session = await loadBytes(encodeModel(model));
  try {
    const { y } = await session.run(feeds);
    if (!y) throw new Error('the network has no output y');
    return y;
  } finally {
    await session.release();
  }
}

/** What the runtime makes of a network before and behind a pass. */
export async function bothOf(
  model: ModelProto,
  feeds: Tensors,
  ...passes: readonly Pass[]
): Promise<{ plain: Tensor; rewritten: Tensor }> {
  return { plain: await run(model, feeds), rewritten: await run(passed(model, ...passes), feeds) };
}

/** Largest difference of two outputs; infinite where they have not the same shape. */
export function difference(one: Tensor, other: Tensor): number {
  if (one.dims.join() !== other.dims.join()) return Infinity;
  let max = 0;
  for (let at = 0; at < one.data.length; at += 1) {
    const gap = Math.abs(Number(one.data[at]) - Number(other.data[at]));
    // Written so that NaN counts as a difference.
    if (!(gap <= max)) max = Number.isNaN(gap) ? Infinity : gap;
  }
  return max;
}
