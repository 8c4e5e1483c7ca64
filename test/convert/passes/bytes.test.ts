import { describe, expect, it } from 'vitest';
import type { GraphEditor } from '../../../src/convert/onnx/graph-editor.js';
import { valueInfo } from '../../../src/convert/onnx/graph-editor.js';
import { dropSaturatedClips } from '../../../src/convert/passes/saturated-clip.js';
import { transposeBytes } from '../../../src/convert/passes/transpose-bytes.js';
import type { Tensors } from '../../../src/imaging/tensor.js';
import { noise } from '../../kit/pictures.js';
import { bothOf, difference, network, operators, passed, randomFeed } from './compared.js';

describe('a Clip before values become bytes', () => {
  const bytes = (
    {
      min = 0,
      max = 1,
      factor = 255,
      zero = 0,
    }: { min?: number; max?: number; factor?: number; zero?: number },
    between: (editor: GraphEditor, value: string) => string = (_, value) => value,
  ) =>
    network([1, 4, 3, 5], (editor) => {
      const clipped = editor.add('Clip', ['x', editor.floats(min), editor.floats(max)]);
      const scaled = editor.add('Mul', [between(editor, clipped), editor.floats(factor)]);
      const start = editor.weights('uint8', [], Uint8Array.of(zero));
      editor.add('Cast', [editor.add('QuantizeLinear', [scaled, editor.floats(1), start])], { to: 1 }, 'y');
    });

  it.each([
    ['the range of bytes', bytes({})],
    ['more than the range', bytes({ min: -1, max: 1.5 })],
    [
      'the range, past a shuffle',
      bytes({}, (editor, value) => editor.add('DepthToSpace', [value], { blocksize: 2 })),
    ],
  ])('to %s is left to them', async (_, model) => {
    expect(operators(passed(model, dropSaturatedClips))).not.toContain('Clip');
    const { plain, rewritten } = await bothOf(model, randomFeed([1, 4, 3, 5], 71), dropSaturatedClips);
    expect(difference(plain, rewritten)).toBe(0);
  });

  it.each([
    ['cuts off more', bytes({ max: 0.9 })],
    ['cuts off more below', bytes({ min: 0.1 })],
    ['is turned round', bytes({ factor: -255 })],
    ['ends elsewhere', bytes({ zero: 10 })],
    [
      'others see',
      bytes({}, (editor, value) => editor.add('Add', [value, editor.add('ReduceMax', [value])])),
    ],
    ['is of another scale', bytes({ factor: 100 })],
  ])('stays where it %s', (_, model) => {
    expect(operators(passed(model, dropSaturatedClips))).toContain('Clip');
  });
});

describe('planes of a picture', () => {
  const picture = (
    build: (editor: GraphEditor, floats: string) => void,
    type: 'uint8' | 'float' = 'uint8',
  ) => {
    const model = network([1, 3, 5, 3], (editor) => {
      build(editor, editor.add('Cast', ['x'], { to: 1 }));
    });
    model.graph.input = [valueInfo('x', type, [1, 3, 5, 3])];
    return model;
  };
  const feed: Tensors = {
    x: { type: 'uint8', data: noise({ width: 5, height: 3 }, 72).pixels, dims: [1, 3, 5, 3] },
  };
  const perm = [0, 3, 1, 2];

  it('are put apart as bytes', async () => {
    const model = picture((editor, floats) => {
      editor.add('Transpose', [editor.add('Identity', [floats])], { perm }, 'y');
    });
    expect(operators(passed(model, transposeBytes))).toEqual(['Transpose', 'Cast']);
    const { plain, rewritten } = await bothOf(model, feed, transposeBytes);
    expect(difference(plain, rewritten)).toBe(0);
  });

  it.each([
    [
      'others see the floats',
      picture((editor, floats) => {
        const planes = editor.add('Transpose', [floats], { perm });
        editor.add('Mul', [planes, editor.add('ReduceMax', [floats], { keepdims: 0 })], {}, 'y');
      }),
    ],
    [
      'the input has no bytes',
      picture((editor, floats) => void editor.add('Transpose', [floats], { perm }, 'y'), 'float'),
    ],
  ])('are put apart as floats where %s', (_, model) => {
    expect(operators(passed(model, transposeBytes)).slice(0, 2)).toEqual(['Cast', 'Transpose']);
  });
});
