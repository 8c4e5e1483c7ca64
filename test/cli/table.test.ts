import { expect, test } from 'vitest';
import { tableOf } from '../../src/cli/table.js';

test('columns are aligned, and lines end with their last word', () => {
  const rows = [
    ['a.jpg', '9.5 %', 'x'],
    ['longer.jpg', '10.0 %', ''],
  ];
  expect(tableOf(['file', 'score', 'model'], rows, ['left', 'right', 'left'])).toBe(
    ['file         score  model', 'a.jpg        9.5 %  x', 'longer.jpg  10.0 %'].join('\n'),
  );
});

test('a note begins in the second column and does not widen it', () => {
  const rows = [['longer.jpg', '1', 'x'], { first: 'b.jpg', note: 'BAD_IMAGE: a long sentence.' }];
  expect(tableOf(['file', 'score', 'model'], rows, ['left', 'right'])).toBe(
    ['file        score  model', 'longer.jpg      1  x', 'b.jpg       BAD_IMAGE: a long sentence.'].join(
      '\n',
    ),
  );
});

test('a name can neither break a line nor speak to the terminal', () => {
  const text = tableOf(['file'], [['a\nb\u001b[31m.jpg'], { first: 'c\r', note: 'd\ne' }]);
  expect(text.split('\n')).toHaveLength(3);
  expect(text).not.toMatch(/\p{Cc}(?<!\n)/u);
  expect(text).toContain('a\\nb\\u001b[31m.jpg');
});

test('wide characters keep the columns', () => {
  const [, first = '', second = ''] = tableOf(
    ['file', 'label'],
    [
      ['猫.jpg', 'cat'],
      ['dog.jpg', 'hound'],
    ],
  ).split('\n');
  expect(first.indexOf('cat')).toBe(second.indexOf('hound') - 1);
});
