import { describe, expect, it } from 'vitest';
import type { GraphEditor } from '../../../src/convert/onnx/graph-editor.js';
import { argmaxOfLogits } from '../../../src/convert/passes/argmax-of-logits.js';
import { bothOf, difference, network, operators, passed, randomFeed } from './compared.js';

function scored(build: (editor: GraphEditor, probabilities: string) => string, axis = 1, opset?: number) {
  const model = network([1, 4, 5, 7], (editor) => {
    const found = build(editor, editor.add('Softmax', ['x'], { axis }));
    editor.add('Cast', [found], { to: 1 }, 'y');
  });
  return opset === undefined ? model : { ...model, opset_import: [{ domain: '', version: opset }] };
}

const argmax = (editor: GraphEditor, scores: string, axis = 1) => editor.add('ArgMax', [scores], { axis });
const larger = (editor: GraphEditor, scores: string, mode = 'linear') =>
  editor.add('Resize', [scores, '', editor.floats([1, 1, 2, 2])], { mode });

describe('a softmax before an argmax', () => {
  it('is needed for nothing', async () => {
    const model = scored(argmax);
    expect(operators(passed(model, argmaxOfLogits))).not.toContain('Softmax');
    const { plain, rewritten } = await bothOf(model, randomFeed([1, 4, 5, 7], 31), argmaxOfLogits);
    expect(difference(plain, rewritten)).toBe(0);
  });

  it('is needed for nothing where pixels are interpolated in between', async () => {
    const model = scored((editor, scores) => argmax(editor, larger(editor, scores)));
    expect(operators(passed(model, argmaxOfLogits))).not.toContain('Softmax');
    const { plain, rewritten } = await bothOf(model, randomFeed([1, 4, 5, 7], 32), argmaxOfLogits);
    const differing = Array.from({ length: plain.data.length }, (_, at) => at).filter(
      (at) => plain.data[at] !== rewritten.data[at],
    ).length;
    // Noise is the worst case: a class changes from each pixel to the next.
    expect(differing / plain.data.length).toBeLessThan(0.1);
  });
});

describe('a softmax stays', () => {
  it.each<[string, ReturnType<typeof scored>]>([
    ['over another axis', scored(argmax, 2)],
    ['before an argmax over another axis', scored((editor, scores) => argmax(editor, scores, 2))],
    [
      'where probabilities are read as well',
      scored((editor, scores) => {
        const best = editor.add('Cast', [argmax(editor, scores)], { to: 1 });
        return editor.add('Mul', [best, editor.add('ReduceMax', [scores], { axes: [1] })]);
      }),
    ],
    [
      'where more than an order matters',
      scored((editor, scores) => argmax(editor, editor.add('Mul', [scores, scores]))),
    ],
    [
      'before cubic interpolation',
      scored((editor, scores) => argmax(editor, larger(editor, scores, 'cubic'))),
    ],
    ['of a version that flattens', scored(argmax, 1, 11)],
  ])('%s', (_, model) => {
    expect(operators(passed(model, argmaxOfLogits))).toContain('Softmax');
  });

  it('where probabilities are an output', () => {
    const model = network([1, 4, 5, 7], (editor) => {
      argmax(editor, editor.add('Softmax', ['x'], { axis: 1 }, 'y'));
    });
    expect(operators(passed(model, argmaxOfLogits))).toContain('Softmax');
  });
});
