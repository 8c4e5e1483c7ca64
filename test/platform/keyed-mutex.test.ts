import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { KeyedMutex } from '../../src/platform/keyed-mutex.js';

test('work on one thing is done in turn, also after a failure', async () => {
  const mutex = new KeyedMutex();
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
    mutex.runExclusive('job', step('first', true)),
    mutex.runExclusive('job', step('second')),
  ]);
  expect(done.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});

test('work that comes when some has ended waits for what still goes on', async () => {
  const mutex = new KeyedMutex();
  const log: string[] = [];
  const first = mutex.runExclusive('job', () => Promise.resolve());
  const second = mutex.runExclusive('job', async () => {
    await setImmediate();
    log.push('second ends');
  });
  await first;
  const third = mutex.runExclusive('job', () => Promise.resolve(log.push('third begins')));
  await Promise.all([second, third]);
  expect(log).toEqual(['second ends', 'third begins']);
});

test('work on different things is done side by side', async () => {
  const mutex = new KeyedMutex();
  let letGo: () => void = () => undefined;
  const held = mutex.runExclusive('one', () => new Promise<void>((resolve) => (letGo = resolve)));
  expect(await mutex.runExclusive('other', () => Promise.resolve('done'))).toBe('done');
  letGo();
  await held;
});

test('work that comes whenever other work ends never meets any', async () => {
  const mutex = new KeyedMutex();
  let running = 0;
  const max: number[] = [];
  const follow = async (depth: number): Promise<void> => {
    await mutex.runExclusive('job', async () => {
      max.push(++running);
      await setImmediate();
      running -= 1;
    });
    // In the very moment in which what is idle is forgotten.
    if (depth > 0) await Promise.all([follow(depth - 1), follow(depth - 1)]);
  };
  await follow(5);
  expect(max).toEqual(Array.from({ length: 63 }, () => 1));
});
