import { describe, expect, it } from 'vitest';
import { AdmissionQueue } from '../../../src/inference/admission-queue.js';
import { refusal, SENTENCES } from '../../imaging/codec/read.js';
import { Tasks, turn } from './tasks.js';

describe('a full queue', () => {
  it('refuses work, and tells when to come again', async () => {
    const tasks = new Tasks();
    const queue = new AdmissionQueue({ slots: 1, maxWait: 100 });
    const runs = [queue.run(90, tasks.task('a')), queue.run(60, tasks.task('b'))];

    const error = await refusal(queue.run(1, tasks.task('late')));

    expect(error.code).toBe('OVERLOADED');
    expect(error.facts).toEqual({ retryAfterMs: 150 });
    expect(error.message).toMatch(SENTENCES);
    expect(error.message).toContain('150 ms');
    await turn();
    tasks.finish('a');
    await turn();
    tasks.finish('b');
    await Promise.all(runs);
    expect(tasks.started).toEqual(['a', 'b']);
  });

  it('is full by work, not by number', async () => {
    const tasks = new Tasks();
    const queue = new AdmissionQueue({ slots: 1, maxWait: 100 });
    const small = Array.from({ length: 100 }, (_, index) => queue.run(1, tasks.task(String(index))));
    expect(queue.queued).toBe(99);

    const large = queue.run(500, tasks.task('large'));
    expect((await refusal(queue.run(1, tasks.task('late')))).code).toBe('OVERLOADED');

    for (const name of [...small.keys(), 'large']) {
      await turn();
      tasks.finish(String(name));
    }
    await Promise.all([...small, large]);
  });

  it('does not count what it refused', async () => {
    const tasks = new Tasks();
    const queue = new AdmissionQueue({ slots: 1, maxWait: 10 });
    const run = queue.run(50, tasks.task('a'));
    await refusal(queue.run(1000, tasks.task('late')));

    expect(queue.backlog).toBe(50);

    await turn();
    tasks.finish('a');
    await run;
    await expect(queue.run(1, () => Promise.resolve('again'))).resolves.toMatchObject({ result: 'again' });
  });

  it('lets one task in however large, when it is idle', async () => {
    const queue = new AdmissionQueue({ slots: 1, maxWait: 10 });

    await expect(queue.run(1_000_000, () => Promise.resolve('done'))).resolves.toMatchObject({
      result: 'done',
    });
  });
});
