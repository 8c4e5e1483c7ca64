import { describe, expect, it } from 'vitest';
import { GraphEditor } from '../../../src/convert/onnx/graph-editor.js';
import { encodeModel } from '../../../src/convert/onnx/model.js';
import { floats, type Tensor } from '../../../src/imaging/tensor.js';
import { loadBytes } from '../../kit/prepared.js';
import { echo, tinyModel } from './tiny.js';

describe('a graph editor', () => {
  it('builds the expression that its calls nest like', async () => {
    // (x - 1) * 2 + 0.5
    const bytes = encodeModel(
      tinyModel({ inputs: { x: [3] }, outputs: { y: [3] } }, (editor) => {
        const doubled = editor.add('Mul', [editor.add('Sub', ['x', editor.floats(1)]), editor.floats(2)]);
        editor.add('Add', [doubled, editor.floats([0.5, 0.5, 0.5])], {}, 'y');
      }),
    );

    expect(await run(bytes, { x: floats(1, 2, -3) })).toEqual({ y: [0.5, 2.5, -7.5] });
  });

  it('writes attributes of each kind as the operator reads them', async () => {
    const bytes = encodeModel(
      tinyModel({ inputs: { x: [2, 3] }, outputs: { y: ['n', 'm'] } }, (editor) => {
        const steep = editor.add('LeakyRelu', ['x'], { alpha: { float: 2 } });
        const turned = editor.add('Transpose', [steep], { perm: [1, 0] });
        const padded = editor.add('Pad', [turned, editor.ints([0, 0, 0, 1])], { mode: 'edge' });
        editor.add('ReduceSum', [padded, editor.ints([1])], { keepdims: 0 }, 'y');
      }),
    );
    const x: Tensor = { type: 'float32', data: Float32Array.of(1, -1, 2, 10, 20, -30), dims: [2, 3] };

    // Rows of the turned matrix with their last value repeated: 1+10+10, -2+20+20, 2-60-60.
    expect(await run(bytes, { x })).toEqual({ y: [21, 38, -118] });
  });

  it('makes constants of bytes and of any shape', async () => {
    const bytes = encodeModel(
      tinyModel({ inputs: { x: [2, 2] }, outputs: { y: [2, 2] } }, (editor) => {
        const matrix = editor.floats([1, 2, 3, 4], [2, 2]);
        const bytes = editor.add('Cast', [editor.bytes([10, 255])], { to: 1 });
        editor.add('Add', [editor.add('MatMul', ['x', matrix]), bytes], {}, 'y');
      }),
    );
    const identity: Tensor = { type: 'float32', data: Float32Array.of(1, 0, 0, 1), dims: [2, 2] };

    expect(await run(bytes, { x: identity })).toEqual({ y: [11, 257, 13, 259] });
  });

  it('never uses a name twice', () => {
    const editor = new GraphEditor('here');

    const names = [
      editor.add('Relu', ['x']),
      editor.add('Relu', ['x']),
      ...editor.addPair('TopK', ['x', 'k']),
      editor.floats(1),
      editor.floats(1),
      editor.ints([1]),
      editor.bytes([1]),
    ];

    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => name.startsWith('here/'))).toBe(true);
  });

  it('puts what was added before or behind the nodes that are there', () => {
    const { graph } = echo([1]);
    const [before, after] = [new GraphEditor('before'), new GraphEditor('after')];
    before.add('Relu', ['x'], {}, 'first');
    after.add('Relu', ['out'], {}, 'last');

    before.prependTo(graph);
    after.appendTo(graph);

    expect(graph.node.map(({ output }) => output[0])).toEqual(['first', 'out', 'last']);
  });
});

async function run(bytes: Uint8Array, feeds: Record<string, Tensor>): Promise<Record<string, number[]>> {
  const session = await loadBytes(bytes);
  try {
    const outputs = await session.run(feeds);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { data }]) => [name, Array.from(data, Number)]),
    );
  } finally {
    await session.release();
  }
}
