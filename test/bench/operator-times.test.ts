import { expect, it } from 'vitest';
import { groupOf } from '../../bench/operator-times.js';

it.each([
  ['Conv', 'convolution'],
  ['FusedConv', 'convolution'],
  ['QLinearConv', 'convolution'],
  ['ReorderOutput', 'moving'],
  ['Transpose', 'moving'],
  ['Upsample', 'resizing'],
  ['Softmax', 'softmax'],
  ['NonMaxSuppression', 'other'],
])('%s is %s', (operator, group) => {
  expect(groupOf(operator)).toBe(group);
});
