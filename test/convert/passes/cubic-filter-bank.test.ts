import { describe, expect, it } from 'vitest';
import type { AttributeValue } from '../../../src/convert/onnx/graph-editor.js';
import { cubicFilterBanks } from '../../../src/convert/passes/cubic-filter-bank.js';
import { bothOf, difference, network, operators, passed, randomFeed } from './compared.js';

const CUBIC: Record<string, AttributeValue> = { mode: 'cubic', coordinate_transformation_mode: 'half_pixel' };
const OPEN = [1, 3, 'rows', 'columns'];

function enlarging(
  scales: readonly number[],
  attributes: Record<string, AttributeValue> = CUBIC,
  shape = OPEN,
) {
  return network(shape, (editor) => {
    editor.add('Resize', ['x', '', editor.floats(scales)], attributes, 'y');
  });
}

describe('cubic enlargement by a whole factor', () => {
  it.each([
    [2, 7, 5],
    [3, 5, 9],
    [4, 13, 8],
    [4, 1, 1],
    [5, 2, 1],
    [8, 3, 4],
  ])('by %d of %d x %d pixels is what Resize makes', async (factor, rows, columns) => {
    const model = enlarging([1, 1, factor, factor]);
    expect(operators(passed(model, cubicFilterBanks))).toEqual(['Pad', 'Conv', 'DepthToSpace']);
    const { plain, rewritten } = await bothOf(
      model,
      randomFeed([1, 3, rows, columns], factor),
      cubicFilterBanks,
    );
    expect(difference(plain, rewritten)).toBeLessThan(1e-5);
  });

  it.each([-0.5, -0.75, -1])('has the coefficient %d of the file', async (cubic_coeff_a) => {
    const model = enlarging([1, 1, 4, 4], { ...CUBIC, cubic_coeff_a: { float: cubic_coeff_a } });
    const { plain, rewritten } = await bothOf(model, randomFeed([1, 3, 6, 7], 11), cubicFilterBanks);
    expect(difference(plain, rewritten)).toBeLessThan(1e-5);
  });

  it('is the same with the other centred mode, for several pictures', async () => {
    const attributes = { ...CUBIC, coordinate_transformation_mode: 'pytorch_half_pixel' };
    const model = enlarging([1, 1, 2, 2], attributes, ['pictures', 2, 'rows', 'columns']);
    const { plain, rewritten } = await bothOf(model, randomFeed([3, 2, 4, 1], 12), cubicFilterBanks);
    expect(difference(plain, rewritten)).toBeLessThan(1e-5);
  });
});

describe('what stays a Resize', () => {
  it.each<[string, ReturnType<typeof enlarging>]>([
    ['a factor that is no whole number', enlarging([1, 1, 2.5, 2.5])],
    ['a factor of one', enlarging([1, 1, 1, 1])],
    ['different factors', enlarging([1, 1, 2, 4])],
    ['factors of channels', enlarging([1, 2, 2, 2])],
    ['reduction', enlarging([1, 1, 0.5, 0.5])],
    ['linear interpolation', enlarging([1, 1, 4, 4], { ...CUBIC, mode: 'linear' })],
    [
      'corners that are aligned',
      enlarging([1, 1, 4, 4], { ...CUBIC, coordinate_transformation_mode: 'align_corners' }),
    ],
    [
      'pixels without centres',
      enlarging([1, 1, 4, 4], { ...CUBIC, coordinate_transformation_mode: 'asymmetric' }),
    ],
    ['weights that leave out what is outside', enlarging([1, 1, 4, 4], { ...CUBIC, exclude_outside: 1 })],
    ['an open number of channels', enlarging([1, 1, 4, 4], CUBIC, [1, 'channels', 'rows', 'columns'])],
  ])('%s', (_, model) => {
    expect(operators(passed(model, cubicFilterBanks))).toEqual(['Resize']);
  });

  it('what is given by sizes', () => {
    const model = network([1, 3, 4, 4], (editor) => {
      editor.add('Resize', ['x', '', '', editor.ints([1, 3, 16, 16])], CUBIC, 'y');
    });
    expect(operators(passed(model, cubicFilterBanks))).toEqual(['Resize']);
  });
});
