/** How long requests took, one by one. */
export class Latencies {
  readonly #milliseconds: number[] = [];

  add(milliseconds: number): void {
    this.#milliseconds.push(milliseconds);
  }

  get count(): number {
    return this.#milliseconds.length;
  }

  /**
   * The smallest latency that at least this share of the requests kept within (nearest rank).
   * @param share 0..1
   * @returns milliseconds; NaN where nothing was measured
   */
  quantile(share: number): number {
    const sorted = this.#milliseconds.toSorted((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  }
}
