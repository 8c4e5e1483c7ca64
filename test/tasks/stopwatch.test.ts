import { describe, expect, it } from 'vitest';
import type { Network } from '../../src/imaging/tensor.js';
import { Stopwatch } from '../../src/tasks/stopwatch.js';

const busyFor = (milliseconds: number): void => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
};
const network: Network = {
  run: (feeds) => {
    busyFor(20);
    return Promise.resolve(feeds);
  },
};

describe('a stopwatch', () => {
  it('tells the time of the network from the rest', async () => {
    const watch = new Stopwatch();
    const feeds = { x: { type: 'uint8', data: new Uint8Array(1), dims: [1] } } as const;
    await watch.run(network, feeds);
    busyFor(10);
    await watch.run(network, feeds);

    const { inference, postprocess } = watch.times;

    expect(inference).toBeGreaterThanOrEqual(40);
    expect(postprocess).toBeGreaterThanOrEqual(10);
  });

  it('tells what it took to make the input, and leaves out what another watch counts', async () => {
    const watch = new Stopwatch();
    const busy = (milliseconds: number) => () => {
      busyFor(milliseconds);
      return Promise.resolve();
    };
    await watch.preprocess(busy(30));
    await watch.elsewhere(busy(50));
    busyFor(10);

    const { preprocess, inference, postprocess } = watch.times;

    expect(preprocess).toBeGreaterThanOrEqual(30);
    expect(preprocess).toBeLessThan(80);
    expect(inference).toBe(0);
    expect(postprocess).toBeGreaterThanOrEqual(10);
    expect(postprocess).toBeLessThan(50);
  });

  it('counts a run that fails', async () => {
    const watch = new Stopwatch();
    const failing: Network = {
      run: () => {
        busyFor(20);
        return Promise.reject(new Error('no'));
      },
    };

    await expect(watch.run(failing, {})).rejects.toThrow('no');

    expect(watch.times.inference).toBeGreaterThanOrEqual(20);
  });
});
