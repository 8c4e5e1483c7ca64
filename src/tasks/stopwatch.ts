import type { Picture } from '../imaging/picture.js';
import type { Network, Tensors } from '../imaging/tensor.js';
import type { StageTimes } from './plan.js';

/** A picture, and the milliseconds that its decode took. */
export interface Decoded {
  readonly picture: Picture;
  readonly took: number;
}

/** Times one result: its decodes, what the network took, and everything else. */
export class Stopwatch {
  readonly #start = performance.now();
  readonly #decoded = new Set<Decoded>();
  #waited = 0;
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

  /** Takes a decoded picture. Its decode counts in full, though another result may have had it made. */
  async decode(decoding: Promise<Decoded>): Promise<Picture> {
    const start = performance.now();
    const decoded = await decoding;
    this.#waited += performance.now() - start;
    this.#decoded.add(decoded);
    return decoded.picture;
  }

  get times(): StageTimes {
    const elapsed = performance.now() - this.#start;
    return {
      decode: [...this.#decoded].reduce((sum, { took }) => sum + took, 0),
      inference: this.#inference,
      postprocess: elapsed - this.#inference - this.#waited,
    };
  }
}
