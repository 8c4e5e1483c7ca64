import { describe, expect, it } from 'vitest';
import { firstDifference, shownIn } from './transcript.js';

it('finds the commands of a block, and what each prints', () => {
  expect(shownIn('$ one\na\nb\n\n$ two\n')).toEqual([
    { command: 'one', output: 'a\nb\n\n' },
    { command: 'two', output: '' },
  ]);
});

describe('what was printed is as shown', () => {
  it.each([
    ['the same', 'car 66.3 %\n', 'car 66.3 %'],
    ['a number that is a little off', 'car 66.3 %', 'car  66.1 %'],
    ['another job', `job sr-${'0'.repeat(32)}`, `job sr-${'1'.repeat(32)}`],
    ['anything within a line', 'from … to', 'from here to'],
    ['any lines', '…\nlast', 'first\nsecond\nlast'],
    ['any lines at the end', 'first\n…', 'first\nsecond'],
  ])('%s', (_, shown, printed) => expect(firstDifference(shown, printed)).toBeUndefined());
});

describe('what was printed is not as shown', () => {
  it.each([
    ['another word', 'car 66.3 %', 'cat 66.3 %'],
    ['another number', 'car 66.3 %', 'car 46.3 %'],
    ['a line too many', 'one', 'one\ntwo'],
    ['a line too few', 'one\ntwo', 'one'],
    ['after any lines', '…\nlast', 'first\nsecond'],
  ])('%s', (_, shown, printed) => expect(firstDifference(shown, printed)).toBeTypeOf('string'));
});
