import { expect, test } from 'vitest';
import { CodedError } from '../../src/errors.js';
import { within } from '../../src/service/ranges.js';

test.each([0, 0.5, 1])('%d is from 0 to 1', (value) => {
  expect(within('minScore', value, [0, 1], 0.3)).toBe(value);
});

test.each([null, undefined])('%s stands for the default', (value) => {
  expect(within('minScore', value, [0, 1], 0.3)).toBe(0.3);
});

test.each([-0.01, 1.01, '0.5', true])('%s is refused, and the range is told', (value) => {
  let thrown: unknown;
  try {
    within('minScore', value, [0, 1], 0.3);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(CodedError);
  expect(thrown).toMatchObject({
    code: 'BAD_USER_INPUT',
    message: `Expected 'minScore' from 0 to 1, and ${JSON.stringify(value)} came.`,
  });
});
