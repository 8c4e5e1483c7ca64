import { expect, test } from 'vitest';
import { unsureBelow, type FirstAnswer } from '../../eval/unsure.js';

const answers = (...told: [score: number, isRight: boolean][]): FirstAnswer[] =>
  told.map(([score, isRight]) => ({ score, isRight }));

test('is the score from which answers are right at least half of the time', () => {
  expect(unsureBelow(answers([0.1, false], [0.2, false], [0.6, true], [0.9, true]))).toBe(0.6);
  // One lucky guess below makes no half of its neighbours.
  expect(unsureBelow(answers([0.1, false], [0.2, true], [0.3, false], [0.31, false], [0.7, true]))).toBe(0.7);
  // One slip above does not take its neighbours along.
  expect(unsureBelow(answers([0.1, false], [0.5, true], [0.6, false], [0.7, true], [0.8, true]))).toBe(0.5);
});

test('is an end of the scale where answers are all alike', () => {
  expect(unsureBelow(answers([0.2, true], [0.9, true]))).toBe(0);
  expect(unsureBelow(answers([0.2, false], [0.9, false]))).toBe(1);
  expect(unsureBelow([])).toBe(1);
});
