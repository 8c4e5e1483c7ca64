import type { Picture } from '../imaging/picture.js';
import type { Network, Tensors } from '../imaging/tensor.js';
import { staged } from '../platform/timeline.js';

/** Where the time of one result went, in milliseconds. */
export interface StageTimes {
  /** Of every scale that this result needs, whether another result needs it too or not. */
  readonly decode: number;
  /** Making the network's input from the decoded picture. */
  readonly preprocess: number;
  readonly inference: number;
  readonly postprocess: number;
}

/** A picture, and the milliseconds that its decode took. */
export interface Decoded<T = Picture> {
  readonly picture: T;
  readonly took: number;
}

/** Times one result: its decodes, its network's input and run, and everything else. */
export class Stopwatch {
  readonly #start = performance.now();
  readonly #decoded = new Set<Decoded>();
  /** What passed while a decode or another result was waited for. */
  #elsewhere = 0;
  #preprocess = 0;
  #inference = 0;

  /** Runs a network on this watch. */
  run(network: Network, feeds: Tensors): Promise<Tensors> {
    return timed(
      () => network.run(feeds),
      (took) => (this.#inference += took),
    );
  }

  /** Makes a network's input. */
  preprocess<T>(make: () => Promise<T>): Promise<T> {
    return timed(
      () => staged('preprocess', make),
      (took) => (this.#preprocess += took),
    );
  }

  /** Waits for a result that has a watch of its own. */
  elsewhere<T>(make: () => Promise<T>): Promise<T> {
    return timed(make, (took) => (this.#elsewhere += took));
  }

  /** Takes a decoded picture. Its decode counts in full, though another result may have had it made. */
  async decode(decoding: Promise<Decoded>): Promise<Picture> {
    const decoded = await this.elsewhere(() => decoding);
    this.#decoded.add(decoded);
    return decoded.picture;
  }

  get times(): StageTimes {
    const elapsed = performance.now() - this.#start;
    return {
      decode: [...this.#decoded].reduce((sum, { took }) => sum + took, 0),
      preprocess: this.#preprocess,
      inference: this.#inference,
      postprocess: elapsed - this.#elsewhere - this.#preprocess - this.#inference,
    };
  }
}

async function timed<T>(work: () => Promise<T>, note: (milliseconds: number) => void): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    note(performance.now() - start);
  }
}
