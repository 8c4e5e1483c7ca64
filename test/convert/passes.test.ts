import { expect, it } from 'vitest';
import { encodeModel } from '../../src/convert/onnx/model.js';
import { applyPasses } from '../../src/convert/passes.js';
import { network, operators, randomFeed, run } from './passes/compared.js';

const SHAPE = [1, 4, 3, 5];

it('what nothing needs any more is left out, weights and their inputs too', async () => {
  const model = network(SHAPE, (editor) => {
    editor.add('Mul', ['x', editor.floats([1, 2, 3, 4, 5])], {}, 'unused');
    editor.add('Relu', [editor.add('Identity', ['x'])], {}, 'y');
  });
  const [x] = model.graph.input;
  const [unused] = model.graph.initializer;
  if (x && unused) model.graph.input.push({ ...x, name: unused.name });

  applyPasses(model);

  expect(operators(model)).toEqual(['Relu']);
  expect(model.graph.initializer).toEqual([]);
  expect(model.graph.input.map(({ name }) => name)).toEqual(['x']);
  expect((await run(model, randomFeed(SHAPE, 81))).dims).toEqual(SHAPE);
});

it('what is to be kept stays', () => {
  const model = network(SHAPE, (editor) => {
    editor.add('Identity', ['x'], {}, 'raw');
    editor.add('Neg', ['x'], {}, 'other');
    editor.add('Relu', ['x'], {}, 'y');
  });
  applyPasses(model, ['raw']);
  expect(operators(model)).toEqual(['Identity', 'Relu']);
});

it('a graph with bodies that read its values stays as it is', () => {
  const model = network(SHAPE, (editor) => {
    const split = editor.add('Reshape', ['x', editor.ints([1, 1, 2, 2, 3, 5])]);
    const moved = editor.add('Transpose', [split], { perm: [0, 1, 4, 2, 5, 3] });
    editor.add('If', [editor.add('Reshape', [moved, editor.ints([1, 1, 6, 10])])], {}, 'y');
  });
  const before = encodeModel(model);
  applyPasses(model);
  expect(encodeModel(model)).toEqual(before);
});
