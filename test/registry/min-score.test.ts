import { expect, test } from 'vitest';
import { minScoreOf } from '../../src/registry/min-score.js';

test.each([
  ['DETECT_OBJECTS', 0.32, 0.32],
  ['DETECT_OBJECTS', 0, 0],
  ['DETECT_OBJECTS', undefined, 0.5],
  ['CLASSIFY', undefined, null],
  ['SEGMENT_ROAD', undefined, null],
  ['SUPER_RESOLVE', undefined, null],
] as const)('a model for %s whose entry says %s counts objects from %s', (task, minScore, expected) => {
  expect(minScoreOf({ task, minScore })).toBe(expected);
});
