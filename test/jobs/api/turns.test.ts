import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turns } from '../../../src/jobs/api/turns.js';

test('work on one thing is done in turn, also after a failure', async () => {
  const turns = new Turns();
  const log: string[] = [];
  const step =
    (name: string, fails = false) =>
    async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  const done = await Promise.allSettled([
    turns.take('job', step('first', true)),
    turns.take('job', step('second')),
  ]);
  expect(done.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});

test('work that comes when some has ended waits for what still goes on', async () => {
  const turns = new Turns();
  const log: string[] = [];
  const first = turns.take('job', () => Promise.resolve());
  const second = turns.take('job', async () => {
    await setImmediate();
    log.push('second ends');
  });
  await first;
  const third = turns.take('job', () => Promise.resolve(log.push('third begins')));
  await Promise.all([second, third]);
  expect(log).toEqual(['second ends', 'third begins']);
});

test('work on different things is done side by side', async () => {
  const turns = new Turns();
  let letGo: () => void = () => undefined;
  const held = turns.take('one', () => new Promise<void>((resolve) => (letGo = resolve)));
  expect(await turns.take('other', () => Promise.resolve('done'))).toBe('done');
  letGo();
  await held;
});
