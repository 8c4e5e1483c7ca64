import { describe, expect, it } from 'vitest';
import { AdmissionQueue } from '../../../src/inference/admission-queue.js';
import { busyFor, deferred } from '../deferred.js';
import { ROOMY, Tasks, turn } from './tasks.js';

describe('an admission queue', () => {
  it('starts tasks in the order in which they came, one for each slot', async () => {
    const tasks = new Tasks();
    const queue = new AdmissionQueue({ ...ROOMY, slots: 2 });
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => queue.run(1, tasks.task(name)));
    await turn();
    expect(tasks.started).toEqual(['a', 'b']);

    tasks.finish('b');
    await b;
    await turn();
    expect(tasks.started).toEqual(['a', 'b', 'c']);

    for (const name of ['a', 'c']) tasks.finish(name);
    await Promise.all([a, c]);
    await turn();
    expect(tasks.started).toEqual(['a', 'b', 'c', 'd']);
    tasks.finish('d');
    await expect(d).resolves.toMatchObject({ result: 'd' });
  });

  it('tells how long a task waited', async () => {
    const queue = new AdmissionQueue(ROOMY);
    const first = queue.run(1, () => {
      busyFor(20);
      return Promise.resolve();
    });
    const second = queue.run(1, () => Promise.resolve());

    expect((await first).waited).toBeLessThan((await second).waited);
    expect((await second).waited).toBeGreaterThanOrEqual(20);
  });

  it('counts what waits and what is to be done', async () => {
    const tasks = new Tasks();
    const queue = new AdmissionQueue(ROOMY);
    const runs = [
      queue.run(10, tasks.task('a')),
      queue.run(20, tasks.task('b')),
      queue.run(30, tasks.task('c')),
    ];
    await turn();

    expect([queue.queued, queue.backlog]).toEqual([2, 60]);

    for (const name of ['a', 'b', 'c']) {
      tasks.finish(name);
      await turn();
    }
    await Promise.all(runs);
    expect([queue.queued, queue.backlog]).toEqual([0, 0]);
  });

  it('shares the work among its slots', async () => {
    const tasks = new Tasks();
    const queue = new AdmissionQueue({ ...ROOMY, slots: 2 });
    const runs = ['a', 'b'].map((name) => queue.run(30, tasks.task(name)));
    await turn();

    expect(queue.backlog).toBe(30);

    tasks.finish('a');
    tasks.finish('b');
    await Promise.all(runs);
  });
});

describe('a task that fails', () => {
  it('passes its error on and frees its slot', async () => {
    const tasks = new Tasks();
    const queue = new AdmissionQueue(ROOMY);
    const failing = queue.run(10, tasks.task('a'));
    const next = queue.run(10, tasks.task('b'));
    await turn();

    tasks.fail('a');

    await expect(failing).rejects.toThrow('a failed');
    await turn();
    tasks.finish('b');
    await expect(next).resolves.toMatchObject({ result: 'b' });
    expect([queue.queued, queue.backlog]).toEqual([0, 0]);
  });
});

describe('the pace', () => {
  it('is learned from tasks that take longer than was estimated', async () => {
    const queue = new AdmissionQueue(ROOMY);
    // More than twenty times the estimate counts as twenty times, and each task as a tenth of what is known.
    await queue.run(1, () => {
      busyFor(30);
      return Promise.resolve();
    });
    const running = deferred();
    const run = queue.run(100, () => running.promise);

    expect(queue.backlog).toBeCloseTo(100 * (1 + 0.1 * 19));

    running.resolve();
    await run;
  });

  it('comes down again with tasks that are faster', async () => {
    const queue = new AdmissionQueue(ROOMY);
    for (let round = 0; round < 200; round += 1) await queue.run(1000, () => Promise.resolve());
    const running = deferred();
    const run = queue.run(1000, () => running.promise);

    expect(queue.backlog).toBeGreaterThanOrEqual(100);
    expect(queue.backlog).toBeLessThan(150);

    running.resolve();
    await run;
  });

  it('is not taken from tasks that fail', async () => {
    const queue = new AdmissionQueue(ROOMY);
    await expect(queue.run(1000, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    const running = deferred();
    const run = queue.run(1000, () => running.promise);

    expect(queue.backlog).toBe(1000);

    running.resolve();
    await run;
  });
});
