import type { Network, Tensors } from '../imaging/tensor.js';
import type { StageTimes } from './plan.js';

/** Times one result: what the network took, and everything else. */
export class Stopwatch {
  readonly #start = performance.now();
  #inference = 0;

  /** Runs a network on this watch. */
  async run(network: Network, feeds: Tensors): Promise<Tensors> {
    const start = performance.now();
    try {
      return await network.run(feeds);
    } finally {
      this.#inference += performance.now() - start;
    }
  }

  get times(): StageTimes {
    return { inference: this.#inference, postprocess: performance.now() - this.#start - this.#inference };
  }
}
