import { InvalidArgumentError } from 'commander';
import { describe, expect, test } from 'vitest';
import { whole, within } from '../../src/cli/number-option.js';

describe('a whole number', () => {
  test.each([
    ['1', 1],
    ['10', 10],
    [' 7 ', 7],
    ['1e1', 10],
  ])('is read from %j', (text, number) => {
    expect(whole(1, 10)(text)).toBe(number);
  });

  test.each(['0', '11', '-1', '1.5', '', ' ', 'ten', 'Infinity', 'NaN'])('is not %j', (text) => {
    expect(() => whole(1, 10)(text)).toThrow(InvalidArgumentError);
    expect(() => whole(1, 10)(text)).toThrow('Expected a whole number from 1 to 10.');
  });
});

describe('a number', () => {
  test.each([
    ['0', 0],
    ['0.25', 0.25],
    ['1', 1],
  ])('is read from %j', (text, number) => {
    expect(within(0, 1)(text)).toBe(number);
  });

  test.each(['-0.01', '1.01', '', ' ', 'half', 'NaN'])('is not %j', (text) => {
    expect(() => within(0, 1)(text)).toThrow(InvalidArgumentError);
    expect(() => within(0, 1)(text)).toThrow('Expected a number from 0 to 1.');
  });
});
