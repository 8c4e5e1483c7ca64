import { describe, expect, it } from 'vitest';
import { AdmissionQueue } from '../../../src/inference/admission-queue.js';
import { refusal } from '../../imaging/codec/read.js';
import { ROOMY, Tasks, turn } from './tasks.js';

describe('an aborted request', () => {
  it('is never begun when it was aborted before it came', async () => {
    const tasks = new Tasks();
    const queue = new AdmissionQueue(ROOMY);

    await expect(queue.run(5, tasks.task('a'), AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');

    expect([tasks.started, queue.backlog]).toEqual([[], 0]);
  });

  it('is dropped from the queue, and frees its place', async () => {
    const tasks = new Tasks();
    const queue = new AdmissionQueue({ slots: 1, maxWait: 100 });
    const abort = new AbortController();
    const first = queue.run(60, tasks.task('first'));
    const dropped = queue.run(60, tasks.task('dropped'), abort.signal);
    expect((await refusal(queue.run(1, tasks.task('late')))).code).toBe('OVERLOADED');

    abort.abort(new Error('gone'));
    await expect(dropped).rejects.toThrow('gone');

    expect([queue.queued, queue.backlog]).toEqual([0, 60]);
    const next = queue.run(1, tasks.task('next'));
    tasks.finish('first');
    await first;
    await turn();
    tasks.finish('next');
    await next;
    expect(tasks.started).toEqual(['first', 'next']);
  });

  it('goes on to its end once it has begun', async () => {
    const tasks = new Tasks();
    const queue = new AdmissionQueue(ROOMY);
    const abort = new AbortController();
    const run = queue.run(1, tasks.task('a'), abort.signal);
    await turn();

    abort.abort(new Error('gone'));
    tasks.finish('a');

    await expect(run).resolves.toMatchObject({ result: 'a' });
  });

  it('takes no other request with it when it has left the queue already', async () => {
    const tasks = new Tasks();
    const queue = new AdmissionQueue(ROOMY);
    const abort = new AbortController();
    const runs = [
      queue.run(1, tasks.task('a')),
      queue.run(1, tasks.task('b'), abort.signal),
      queue.run(1, tasks.task('c')),
    ];
    await turn();
    tasks.finish('a');
    await turn();

    abort.abort(new Error('gone'));

    expect(queue.queued).toBe(1);
    for (const name of ['b', 'c']) {
      tasks.finish(name);
      await turn();
    }
    expect((await Promise.all(runs)).map(({ result }) => result)).toEqual(['a', 'b', 'c']);
  });

  it('is dropped with all others of the same signal', async () => {
    const tasks = new Tasks();
    const queue = new AdmissionQueue(ROOMY);
    const abort = new AbortController();
    const first = queue.run(1, tasks.task('first'));
    const dropped = ['a', 'b', 'c'].map((name) => queue.run(1, tasks.task(name), abort.signal));

    abort.abort(new Error('gone'));

    const outcomes = await Promise.allSettled(dropped);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    tasks.finish('first');
    await first;
    expect(tasks.started).toEqual(['first']);
  });
});
