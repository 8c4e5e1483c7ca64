import { describe, expect, it } from 'vitest';
import { DeadlineError, unlessAborted, within, withDeadline } from '../../src/platform/deadline.js';

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

describe('within', () => {
  it('gives the result or the fault of work that is done in time', async () => {
    expect(await within(60_000, Promise.resolve(7))).toBe(7);
    await expect(within(60_000, Promise.reject(new Error('fault')))).rejects.toThrow('fault');
  });

  it('waits no longer than it may, and says how long that was', async () => {
    await expect(within(10, never())).rejects.toThrow('no answer within 0.01 s');
  });
});

describe('unlessAborted', () => {
  it('gives the result of work that ends first', async () => {
    const { signal } = new AbortController();
    expect(await unlessAborted(signal, Promise.resolve(7))).toBe(7);
  });

  it("rejects with the signal's reason, which came before or comes during the work", async () => {
    const reason = new Error('gone');
    await expect(unlessAborted(AbortSignal.abort(reason), never())).rejects.toBe(reason);
    const controller = new AbortController();
    const waiting = unlessAborted(controller.signal, never());
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });
});
