import { describe, expect, it } from 'vitest';
import { DeadlineError, withDeadline } from '../../src/remote/deadline.js';

const never = (): Promise<never> => new Promise(() => undefined);

describe('withDeadline', () => {
  it('gives the result or the fault of work that is done in time, and never fires its signal', async () => {
    let seen: AbortSignal | undefined;
    const work = (signal: AbortSignal) => {
      seen = signal;
      return Promise.resolve(7);
    };
    expect(await withDeadline(60_000, undefined, work)).toBe(7);
    expect(seen?.aborted).toBe(false);
    await expect(withDeadline(60_000, undefined, () => Promise.reject(new Error('fault')))).rejects.toThrow(
      'fault',
    );
  });

  it('ends work that pays no heed to its signal', async () => {
    await expect(withDeadline(10, undefined, never)).rejects.toBeInstanceOf(DeadlineError);
  });

  it("rejects with the caller's reason when he aborts, before or during the work", async () => {
    const reason = new Error('client gone');
    let started = false;
    const work = () => {
      started = true;
      return never();
    };
    await expect(withDeadline(60_000, AbortSignal.abort(reason), work)).rejects.toBe(reason);
    expect(started).toBe(false);
    const controller = new AbortController();
    const done = withDeadline(60_000, controller.signal, work);
    controller.abort(reason);
    await expect(done).rejects.toBe(reason);
  });
});
