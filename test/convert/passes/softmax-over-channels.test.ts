import { describe, expect, it } from 'vitest';
import { softmaxOverChannels } from '../../../src/convert/passes/softmax-over-channels.js';
import type { Shape } from '../../../src/convert/onnx/graph-editor.js';
import { bothOf, difference, network, operators, passed, randomFeed } from './compared.js';

const softmax = (shape: Shape, axis: number, scale = 1, opset = 17) => ({
  ...network(
    shape,
    (editor) => {
      editor.add('Softmax', [editor.add('Mul', ['x', editor.floats(scale)], {}, 'scaled')], { axis }, 'y');
    },
    shape,
  ),
  opset_import: [{ domain: '', version: opset }],
});
/** The pass looks at what a file tells of the value. */
function told(model: ReturnType<typeof softmax>) {
  const [input] = model.graph.input;
  if (input) model.graph.value_info.push({ ...input, name: 'scaled' });
  return model;
}

describe('a softmax over the channels of a picture', () => {
  it.each([
    [1, 11, 5, 7],
    [2, 3, 1, 1],
    [1, 1, 4, 3],
  ])('of %d x %d x %d x %d is the same by planes', async (...dims) => {
    const model = told(softmax(dims, 1));
    expect(operators(passed(model, softmaxOverChannels))).not.toContain('Softmax');
    const { plain, rewritten } = await bothOf(model, randomFeed(dims, 41), softmaxOverChannels);
    expect(difference(plain, rewritten)).toBeLessThan(1e-6);
  });

  it('does not overflow', async () => {
    const model = told(softmax([1, 4, 3, 3], 1, 3000));
    const { plain, rewritten } = await bothOf(model, randomFeed([1, 4, 3, 3], 42), softmaxOverChannels);
    expect(difference(plain, rewritten)).toBeLessThan(1e-6);
  });
});

it.each<[string, ReturnType<typeof softmax>]>([
  ['over another axis', told(softmax([1, 3, 4, 5], 3))],
  ['of a list of vectors', told(softmax([4, 9], 1))],
  ['of a value whose shape is not known', softmax([1, 3, 4, 5], 1)],
  ['of a version that flattens', told(softmax([1, 3, 4, 5], 1, 1, 12))],
])('a softmax %s stays', (_, model) => {
  expect(operators(passed(model, softmaxOverChannels))).toContain('Softmax');
});
