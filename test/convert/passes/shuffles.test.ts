import { describe, expect, it } from 'vitest';
import type { GraphEditor } from '../../../src/convert/onnx/graph-editor.js';
import { shuffleLast } from '../../../src/convert/passes/shuffle-last.js';
import { spreadShuffles } from '../../../src/convert/passes/spread-shuffles.js';
import { bothOf, difference, network, operators, passed, randomFeed } from './compared.js';

const OPEN = ['pictures', 8, 'rows', 'columns'];
const CRD = { blocksize: 2, mode: 'CRD' };

function shuffled(build: (editor: GraphEditor, value: string) => void, attributes = CRD) {
  return network(OPEN, (editor) => {
    build(editor, editor.add('DepthToSpace', ['x'], attributes));
  });
}

describe('what is done to each value by itself', () => {
  it.each<[string, (editor: GraphEditor, value: string) => void]>([
    ['Relu', (editor, value) => editor.add('Relu', [value], {}, 'y')],
    ['LeakyRelu', (editor, value) => editor.add('LeakyRelu', [value], { alpha: { float: 0.2 } }, 'y')],
    [
      'Clip',
      (editor, value) => editor.add('Clip', [value, editor.floats(-0.5), editor.floats(0.5)], {}, 'y'),
    ],
    ['Mul', (editor, value) => editor.add('Mul', [value, editor.floats([3], [1, 1, 1])], {}, 'y')],
  ])('%s comes before the pixels are moved', async (operator, build) => {
    const model = shuffled(build);
    expect(operators(passed(model, shuffleLast))).toEqual([operator, 'DepthToSpace']);
    const { plain, rewritten } = await bothOf(model, randomFeed([2, 8, 3, 5], 61), shuffleLast);
    expect(difference(plain, rewritten)).toBe(0);
  });

  it('comes there one after the other, bytes as well', async () => {
    const model = shuffled((editor, value) => {
      const scaled = editor.add('Mul', [editor.add('Relu', [value]), editor.floats(255)]);
      const zero = editor.weights('uint8', [], Uint8Array.of(0));
      const bytes = editor.add('QuantizeLinear', [scaled, editor.floats(1), zero]);
      editor.add('Cast', [bytes], { to: 1 }, 'y');
    });
    expect(operators(passed(model, shuffleLast))).toEqual([
      'Relu',
      'Mul',
      'QuantizeLinear',
      'DepthToSpace',
      'Cast',
    ]);
    const { plain, rewritten } = await bothOf(model, randomFeed([1, 8, 5, 3], 62), shuffleLast);
    expect(difference(plain, rewritten)).toBe(0);
  });

  it.each<[string, (editor: GraphEditor, value: string) => void]>([
    [
      'of another number for each channel',
      (editor, value) => void editor.add('Mul', [value, editor.floats([1, 2], [1, 2, 1, 1])], {}, 'y'),
    ],
    [
      'that has more axes',
      (editor, value) => void editor.add('Mul', [value, editor.floats([3], [1, 1, 1, 1, 1])], {}, 'y'),
    ],
    [
      'of a number that the picture tells',
      (editor, value) =>
        void editor.add('Mul', [value, editor.add('ReduceMax', [value], { keepdims: 0 })], {}, 'y'),
    ],
    [
      'beside others that see the pixels',
      (editor, value) => void editor.add('Sub', [value, editor.add('Relu', [value])], {}, 'y'),
    ],
    [
      'of a scale for each channel',
      (editor, value) => {
        const scales = [editor.floats([1, 2]), editor.weights('uint8', [2], Uint8Array.of(0, 0))];
        editor.add('Cast', [editor.add('QuantizeLinear', [value, ...scales], { axis: 1 })], { to: 1 }, 'y');
      },
    ],
  ])('stays behind: a node %s', (_, build) => {
    expect(operators(passed(shuffled(build), shuffleLast))[0]).toBe('DepthToSpace');
  });

  it('keeps the name that an Identity gives, for the values before the pixels are moved', async () => {
    const model = shuffled((editor, value) => {
      editor.add('Relu', [editor.add('Identity', [value], {}, 'raw')], {}, 'y');
    });
    const rewritten = passed(model, shuffleLast);
    expect(operators(rewritten)).toEqual(['Identity', 'Relu', 'DepthToSpace']);
    expect(rewritten.graph.node[0]?.output).toEqual(['raw']);
    const outputs = await bothOf(model, randomFeed([1, 8, 3, 5], 65), shuffleLast);
    expect(difference(outputs.plain, outputs.rewritten)).toBe(0);
  });

  it('stays behind where the pixels are an output', () => {
    const model = network(OPEN, (editor) => {
      editor.add('Relu', [editor.add('DepthToSpace', ['x'], CRD, 'pixels')], {}, 'y');
    });
    const [y] = model.graph.output;
    if (y) model.graph.output.push({ ...y, name: 'pixels' });
    expect(operators(passed(model, shuffleLast))).toEqual(['DepthToSpace', 'Relu']);
  });
});

describe('a shuffle in two steps', () => {
  it.each([
    [1, 8, 5, 7],
    [3, 4, 1, 2],
    [2, 12, 3, 1],
  ])('makes the same of %d x %d x %d x %d', async (...dims) => {
    const model = network(['pictures', dims[1], 'rows', 'columns'], (editor) => {
      editor.add('DepthToSpace', ['x'], CRD, 'y');
    });
    expect(operators(passed(model, spreadShuffles))).not.toContain('DepthToSpace');
    const { plain, rewritten } = await bothOf(model, randomFeed(dims, 63), spreadShuffles);
    expect(difference(plain, rewritten)).toBe(0);
  });

  it('makes the same with blocks of three', async () => {
    const model = network([1, 9, 4, 5], (editor) => {
      editor.add('DepthToSpace', ['x'], { blocksize: 3, mode: 'CRD' }, 'y');
    });
    const { plain, rewritten } = await bothOf(model, randomFeed([1, 9, 4, 5], 64), spreadShuffles);
    expect(difference(plain, rewritten)).toBe(0);
  });

  it.each([
    ['of larger blocks', { blocksize: 4, mode: 'CRD' }],
    ['of the other order', { blocksize: 2, mode: 'DCR' }],
  ])('is not made %s', (_, attributes) => {
    const model = network([1, 16, 2, 2], (editor) => void editor.add('DepthToSpace', ['x'], attributes, 'y'));
    expect(operators(passed(model, spreadShuffles))).toEqual(['DepthToSpace']);
  });
});
