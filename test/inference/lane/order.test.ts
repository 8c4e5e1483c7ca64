import { describe, expect, it } from 'vitest';
import { Lane } from '../../../src/inference/lane.js';
import { busyFor, deferred } from '../deferred.js';
import { ROOMY, Tasks, turn } from './tasks.js';

describe('a lane', () => {
  it('starts tasks in the order in which they came, one for each slot', async () => {
    const tasks = new Tasks();
    const lane = new Lane({ ...ROOMY, slots: 2 });
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => lane.run(1, tasks.task(name)));
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
    const lane = new Lane(ROOMY);
    const first = lane.run(1, () => {
      busyFor(20);
      return Promise.resolve();
    });
    const second = lane.run(1, () => Promise.resolve());

    expect((await first).waited).toBeLessThan((await second).waited);
    expect((await second).waited).toBeGreaterThanOrEqual(20);
  });

  it('counts what waits and what is to be done', async () => {
    const tasks = new Tasks();
    const lane = new Lane(ROOMY);
    const runs = [
      lane.run(10, tasks.task('a')),
      lane.run(20, tasks.task('b')),
      lane.run(30, tasks.task('c')),
    ];
    await turn();

    expect([lane.queued, lane.backlog]).toEqual([2, 60]);

    for (const name of ['a', 'b', 'c']) {
      tasks.finish(name);
      await turn();
    }
    await Promise.all(runs);
    expect([lane.queued, lane.backlog]).toEqual([0, 0]);
  });

  it('shares the work among its slots', async () => {
    const tasks = new Tasks();
    const lane = new Lane({ ...ROOMY, slots: 2 });
    const runs = ['a', 'b'].map((name) => lane.run(30, tasks.task(name)));
    await turn();

    expect(lane.backlog).toBe(30);

    tasks.finish('a');
    tasks.finish('b');
    await Promise.all(runs);
  });
});

describe('a task that fails', () => {
  it('passes its error on and frees its slot', async () => {
    const tasks = new Tasks();
    const lane = new Lane(ROOMY);
    const failing = lane.run(10, tasks.task('a'));
    const next = lane.run(10, tasks.task('b'));
    await turn();

    tasks.fail('a');

    await expect(failing).rejects.toThrow('a failed');
    await turn();
    tasks.finish('b');
    await expect(next).resolves.toMatchObject({ result: 'b' });
    expect([lane.queued, lane.backlog]).toEqual([0, 0]);
  });
});

describe('the pace', () => {
  it('is learned from tasks that take longer than was estimated', async () => {
    const lane = new Lane(ROOMY);
    // More than twenty times the estimate counts as twenty times, and each task as a tenth of what is known.
    await lane.run(1, () => {
      busyFor(30);
      return Promise.resolve();
    });
    const running = deferred();
    const run = lane.run(100, () => running.promise);

    expect(lane.backlog).toBeCloseTo(100 * (1 + 0.1 * 19));

    running.resolve();
    await run;
  });

  it('comes down again with tasks that are faster', async () => {
    const lane = new Lane(ROOMY);
    for (let round = 0; round < 200; round += 1) await lane.run(1000, () => Promise.resolve());
    const running = deferred();
    const run = lane.run(1000, () => running.promise);

    expect(lane.backlog).toBeGreaterThanOrEqual(100);
    expect(lane.backlog).toBeLessThan(150);

    running.resolve();
    await run;
  });

  it('is not taken from tasks that fail', async () => {
    const lane = new Lane(ROOMY);
    await expect(lane.run(1000, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    const running = deferred();
    const run = lane.run(1000, () => running.promise);

    expect(lane.backlog).toBe(1000);

    running.resolve();
    await run;
  });
});
