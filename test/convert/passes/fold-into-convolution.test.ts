import { describe, expect, it } from 'vitest';
import type { AttributeValue, GraphEditor } from '../../../src/convert/onnx/graph-editor.js';
import { foldIntoConvolutions } from '../../../src/convert/passes/fold-into-convolution.js';
import { bothOf, difference, network, operators, passed, randomFeed, weights } from './compared.js';

const SHAPE = [1, 4, 5, 7];
const PADDED = { kernel_shape: [3, 3], pads: [1, 1, 1, 1] };
const UNPADDED = { kernel_shape: [3, 3] };

interface Convolved {
  readonly attributes?: Record<string, AttributeValue>;
  readonly group?: number;
  readonly bias?: boolean;
}

function convolve(
  editor: GraphEditor,
  value: string,
  { attributes = PADDED, group = 1, bias = true }: Convolved = {},
  output?: string,
): string {
  const inputs = [
    value,
    weights(editor, [6, 4 / group, 3, 3], 51),
    ...(bias ? [weights(editor, [6], 52)] : []),
  ];
  return editor.add('Conv', inputs, { ...attributes, group }, output);
}

const perChannel = (editor: GraphEditor) => editor.floats([0.5, -2, 3, 0.25], [1, 4, 1, 1]);
const order = (editor: GraphEditor) => editor.ints([2, 0, 3, 1]);

describe('before a convolution', () => {
  it.each<[string, (editor: GraphEditor) => string, Convolved]>([
    ['another order', (editor) => editor.add('Gather', ['x', order(editor)], { axis: 1 }), {}],
    ['a factor', (editor) => editor.add('Mul', ['x', editor.floats(0.25)]), {}],
    ['a factor for each channel', (editor) => editor.add('Mul', ['x', perChannel(editor)]), {}],
    [
      'a factor for each channel of groups',
      (editor) => editor.add('Mul', ['x', perChannel(editor)]),
      { group: 2 },
    ],
    ['a divisor', (editor) => editor.add('Div', ['x', perChannel(editor)]), {}],
    [
      'an offset where nothing is padded',
      (editor) => editor.add('Sub', ['x', perChannel(editor)]),
      { attributes: UNPADDED },
    ],
    [
      'an offset in groups, without a bias',
      (editor) => editor.add('Add', ['x', perChannel(editor)]),
      { attributes: { ...UNPADDED, auto_pad: 'VALID' }, group: 2, bias: false },
    ],
    [
      'all of them',
      (editor) => {
        const ordered = editor.add('Gather', ['x', order(editor)], { axis: 1 });
        return editor.add('Mul', [
          editor.add('Sub', [ordered, perChannel(editor)]),
          editor.floats([3, 1, 2, 5], [4, 1, 1]),
        ]);
      },
      { attributes: UNPADDED },
    ],
  ])('%s is left to its weights', async (_, build, how) => {
    const model = network(SHAPE, (editor) => void convolve(editor, build(editor), how, 'y'));
    expect(operators(passed(model, foldIntoConvolutions))).toEqual(['Conv']);
    const { plain, rewritten } = await bothOf(model, randomFeed(SHAPE, 53), foldIntoConvolutions);
    expect(difference(plain, rewritten)).toBeLessThan(1e-4);
  });

  it('a factor is folded and an offset stays, where zeros are padded', async () => {
    const model = network(SHAPE, (editor) => {
      const moved = editor.add('Sub', ['x', perChannel(editor)]);
      convolve(editor, editor.add('Mul', [moved, perChannel(editor)]), {}, 'y');
    });
    expect(operators(passed(model, foldIntoConvolutions))).toEqual(['Sub', 'Conv']);
    const { plain, rewritten } = await bothOf(model, randomFeed(SHAPE, 54), foldIntoConvolutions);
    expect(difference(plain, rewritten)).toBeLessThan(1e-4);
  });

  it('a factor is folded into two that read the same', async () => {
    const model = network(SHAPE, (editor) => {
      const scaled = editor.add('Mul', ['x', perChannel(editor)]);
      editor.add('Add', [convolve(editor, scaled), convolve(editor, scaled, { bias: false })], {}, 'y');
    });
    expect(operators(passed(model, foldIntoConvolutions))).toEqual(['Conv', 'Conv', 'Add']);
    const { plain, rewritten } = await bothOf(model, randomFeed(SHAPE, 55), foldIntoConvolutions);
    expect(difference(plain, rewritten)).toBeLessThan(1e-4);
  });

  it.each<[string, string, (editor: GraphEditor) => void]>([
    [
      'an offset, with automatic padding',
      'Add',
      (editor) =>
        void convolve(
          editor,
          editor.add('Add', ['x', perChannel(editor)]),
          { attributes: { kernel_shape: [3, 3], auto_pad: 'SAME_UPPER' } },
          'y',
        ),
    ],
    [
      'another order before groups',
      'Gather',
      (editor) =>
        void convolve(editor, editor.add('Gather', ['x', order(editor)], { axis: 1 }), { group: 2 }, 'y'),
    ],
    [
      'another order of rows',
      'Gather',
      (editor) =>
        void convolve(
          editor,
          editor.add('Gather', ['x', editor.ints([4, 3, 2, 1, 0])], { axis: 2 }),
          {},
          'y',
        ),
    ],
    [
      'a channel that comes twice',
      'Gather',
      (editor) =>
        void convolve(editor, editor.add('Gather', ['x', editor.ints([0, 1, 1, 2])], { axis: 1 }), {}, 'y'),
    ],
    [
      'a factor for each column',
      'Mul',
      (editor) =>
        void convolve(editor, editor.add('Mul', ['x', editor.floats([1, 2, 3, 4, 5, 6, 7])]), {}, 'y'),
    ],
    [
      'a factor that the picture tells',
      'Mul',
      (editor) =>
        void convolve(
          editor,
          editor.add('Mul', ['x', editor.add('ReduceMax', ['x'], { keepdims: 0 })]),
          {},
          'y',
        ),
    ],
    [
      'a factor that others see',
      'Mul',
      (editor) => {
        const scaled = editor.add('Mul', ['x', editor.floats(2)]);
        editor.add('Concat', [convolve(editor, scaled), scaled], { axis: 1 }, 'y');
      },
    ],
  ])('%s stays', async (_, operator, build) => {
    const model = network(SHAPE, build);
    expect(operators(passed(model, foldIntoConvolutions))).toContain(operator);
    const { plain, rewritten } = await bothOf(model, randomFeed(SHAPE, 56), foldIntoConvolutions);
    expect(difference(plain, rewritten)).toBe(0);
  });
});

describe('behind a convolution', () => {
  const six = (editor: GraphEditor) => editor.floats([1, 2, 3, -1, -2, -3], [6, 1, 1]);

  it.each(['Mul', 'Div'])('%s is left to its weights', async (operator) => {
    const model = network(SHAPE, (editor) => {
      editor.add(operator, [convolve(editor, 'x'), six(editor)], {}, 'y');
    });
    expect(operators(passed(model, foldIntoConvolutions))).toEqual(['Conv']);
    const { plain, rewritten } = await bothOf(model, randomFeed(SHAPE, 57), foldIntoConvolutions);
    expect(difference(plain, rewritten)).toBeLessThan(1e-4);
  });

  it('a factor stays where others see what the convolution gives', () => {
    const model = network(SHAPE, (editor) => {
      const convolved = convolve(editor, 'x');
      editor.add('Add', [convolved, editor.add('Mul', [convolved, six(editor)])], {}, 'y');
    });
    expect(operators(passed(model, foldIntoConvolutions))).toEqual(['Conv', 'Mul', 'Add']);
  });

  it('a factor stays where what the convolution gives is an output', () => {
    const model = network(SHAPE, (editor) => {
      editor.add('Mul', [convolve(editor, 'x', {}, 'convolved'), six(editor)], {}, 'y');
    });
    const [y] = model.graph.output;
    if (y) model.graph.output.push({ ...y, name: 'convolved' });
    expect(operators(passed(model, foldIntoConvolutions))).toEqual(['Conv', 'Mul']);
  });
});

it('weights that are halves are read as such', async () => {
  const model = network([1, 1, 3, 3], (editor) => {
    // 1, -2, 2 to the power of -24, 65504
    const halves = editor.weights('float16', [1, 1, 2, 2], Uint8Array.of(0, 0x3c, 0, 0xc0, 1, 0, 0xff, 0x7b));
    const scaled = editor.add('Mul', ['x', editor.floats(0.5)]);
    editor.add('Conv', [scaled, editor.add('Cast', [halves], { to: 1 })], {}, 'y');
  });
  expect(operators(passed(model, foldIntoConvolutions))).toEqual(['Conv']);
  const { plain, rewritten } = await bothOf(model, randomFeed([1, 1, 3, 3], 58), foldIntoConvolutions);
  expect(difference(plain, rewritten)).toBeLessThan(1e-2);
});
