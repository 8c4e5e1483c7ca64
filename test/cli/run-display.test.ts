import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { runDisplay } from '../../src/cli/run-display.js';

function stream(isTTY: boolean) {
  const through = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  const shown = () => String(through.read() ?? '');
  return { stream: through as unknown as NodeJS.WriteStream, shown };
}

test('where there is no terminal, only lines are shown', () => {
  const { stream: to, shown } = stream(false);
  const display = runDisplay(to, 2);
  display.at(0, 0.5);
  display.ended(1, 'failed');
  display.tell('a.png: is job 1');
  display.interject('Lost.');
  display.clear();
  expect(shown()).toBe('a.png: is job 1\nLost.\n');
});

test('on a terminal a bar tells how much of all is done, and lines only come when it is gone', () => {
  const { stream: to, shown } = stream(true);
  const display = runDisplay(to, 4);
  display.ended(0, 'done');
  display.ended(2, 'failed');
  display.at(1, 0.5);
  display.at(3, 0.5);
  display.tell('b.png: is job 2');
  display.interject('The connection is lost.');
  display.clear();
  const text = shown();
  expect(text).toContain('75 %  1 done, 1 failed, 2 left');
  expect(text).toContain('The connection is lost.\n');
  expect(text).not.toContain('b.png');
  display.clear();
  expect(shown()).toBe('');
  display.tell('b.png: job 2 is canceled');
  expect(shown()).toBe('b.png: job 2 is canceled\n');
});
