import { describe, expect, it } from 'vitest';
import type { GraphEditor, Shape } from '../../../src/convert/onnx/graph-editor.js';
import { depthToSpace } from '../../../src/convert/passes/depth-to-space.js';
import { bothOf, difference, network, operators, passed, randomFeed } from './compared.js';

const CRD = [0, 1, 4, 2, 5, 3];
const DCR = [0, 3, 4, 1, 5, 2];

/** As exporters compute them: each size is taken from the picture's shape by itself. */
function sizeOf(editor: GraphEditor, axis: number, by: 'Mul' | 'Div' = 'Mul', number = 1): string {
  const shape = editor.add('Shape', ['x']);
  const one = editor.add('Slice', [shape, editor.ints([axis]), editor.ints([axis + 1]), editor.ints([0])]);
  const scalar = editor.add('Squeeze', [one, editor.ints([0])]);
  return editor.add('Unsqueeze', [editor.add(by, [scalar, editor.ints(number)]), editor.ints([0])]);
}

function shuffle(
  mode: 'CRD' | 'DCR',
  block: number,
  shape: Shape = ['pictures', 'channels', 'rows', 'columns'],
) {
  return network(shape, (editor) => {
    const list = (...sizes: string[]) => editor.add('Concat', sizes, { axis: 0 });
    const [side, channels] = [editor.ints([block]), sizeOf(editor, 1, 'Div', block ** 2)];
    const split = mode === 'CRD' ? [channels, side, side] : [side, side, channels];
    const six = editor.add('Reshape', [
      'x',
      list(sizeOf(editor, 0), ...split, sizeOf(editor, 2), sizeOf(editor, 3)),
    ]);
    const moved = editor.add('Transpose', [six], { perm: mode === 'CRD' ? CRD : DCR });
    const joined = list(
      sizeOf(editor, 0),
      channels,
      sizeOf(editor, 2, 'Mul', block),
      sizeOf(editor, 3, 'Mul', block),
    );
    editor.add('Reshape', [moved, joined], {}, 'y');
  });
}

/** With sizes that are numbers. */
function fixed(shape: Shape, six: readonly number[], four: readonly number[], perm = CRD, seen = false) {
  return network(shape, (editor) => {
    const split = editor.add('Reshape', ['x', editor.ints(six)]);
    const moved = editor.add('Transpose', [split], { perm });
    const joined = editor.add('Reshape', [moved, editor.ints(four)], {}, seen ? 'joined' : 'y');
    if (seen) editor.add('Add', [joined, editor.add('ReduceMax', [moved], { keepdims: 0 })], {}, 'y');
  });
}

describe('a pixel shuffle by Reshape and Transpose', () => {
  it.each([
    ['CRD', 2, [1, 8, 5, 7]],
    ['CRD', 3, [2, 18, 1, 4]],
    ['CRD', 4, [1, 16, 3, 2]],
    ['DCR', 2, [1, 12, 5, 3]],
    ['DCR', 3, [1, 9, 2, 5]],
  ] as const)('of order %s with blocks of %d is DepthToSpace', async (mode, block, dims) => {
    const model = shuffle(mode, block);
    expect(operators(passed(model, depthToSpace))).toEqual(['DepthToSpace']);
    const { plain, rewritten } = await bothOf(model, randomFeed(dims, block), depthToSpace);
    expect(difference(plain, rewritten)).toBe(0);
  });

  it.each<[string, Shape, number[], number[]]>([
    ['numbers', [1, 8, 3, 5], [1, 2, 2, 2, 3, 5], [1, 2, 6, 10]],
    ['one size left to follow', [1, 8, 3, 5], [-1, 2, 2, 2, 3, 5], [1, 2, 6, -1]],
    ['the number of pictures as it was', [1, 8, 3, 5], [0, 2, 2, 2, 3, 5], [0, 2, 6, 10]],
  ])('is found by sizes of %s', async (_, shape, six, four) => {
    const model = fixed(shape, six, four);
    expect(operators(passed(model, depthToSpace))).toEqual(['DepthToSpace']);
    const { plain, rewritten } = await bothOf(model, randomFeed([1, 8, 3, 5], 21), depthToSpace);
    expect(difference(plain, rewritten)).toBe(0);
  });
});

describe('what is no pixel shuffle', () => {
  it.each<[string, ReturnType<typeof fixed>]>([
    ['another order', fixed([1, 8, 3, 5], [1, 2, 2, 2, 3, 5], [1, 2, 6, 10], [0, 1, 4, 3, 5, 2])],
    ['blocks that are not square', fixed([1, 8, 3, 5], [1, 2, 4, 1, 3, 5], [1, 2, 12, 5])],
    ['rows and columns that are split otherwise', fixed([1, 8, 3, 5], [1, 2, 2, 2, 5, 3], [1, 2, 10, 6])],
    ['rows and columns that are joined otherwise', fixed([1, 8, 3, 5], [1, 2, 2, 2, 3, 5], [1, 2, 10, 6])],
    ['sizes that cannot be told', fixed([1, 8, 'rows', 'columns'], [1, 2, 2, 2, 3, 5], [1, 2, 6, 10])],
    [
      'a transposed value that others read',
      fixed([1, 8, 3, 5], [1, 2, 2, 2, 3, 5], [1, 2, 6, 10], CRD, true),
    ],
  ])('%s', (_, model) => {
    expect(operators(passed(model, depthToSpace))).toContain('Transpose');
  });
});
