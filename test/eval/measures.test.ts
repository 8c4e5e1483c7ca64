import { expect, it } from 'vitest';
import { mean, median } from '../../eval/measures.js';

it.each([
  [[3], 3, 3],
  [[9, 1, 2], 4, 2],
  [[4, 1, 10, 1], 4, 2.5],
])('of %j the mean is %d and the median %d', (values, expectedMean, expectedMedian) => {
  expect(mean(values)).toBe(expectedMean);
  expect(median(values)).toBe(expectedMedian);
});

it('nothing has no mean and no median', () => {
  expect(mean([])).toBeNaN();
  expect(median([])).toBeNaN();
});
