import { describe, expect, it } from 'vitest';
import { asTable } from '../../eval/table.js';

describe('the table', () => {
  it('has a column for each model, and blanks for what a model does not have', () => {
    const table = asTable([
      { model: 'one', pictures: 5, 'PSNR dB': 30.6789 },
      { model: 'the-other', pictures: 5, 'PSNR dB': 30.1, more: -0.57891 },
    ]);
    expect(table.split('\n')).toEqual([
      'model       one  the-other',
      'pictures      5          5',
      'PSNR dB   30.68      30.10',
      'more               -0.5789',
    ]);
  });

  it.each([
    [0.96666, '0.9667'],
    [1, '1'],
    [1234.56, '1235'],
    [1234567.8, '1234568'],
  ])('says %d as %s', (value, expected) => {
    expect(asTable([{ model: 'm', value }]).split('\n')[1]).toBe(`value  ${expected.padStart(1)}`);
  });
});
