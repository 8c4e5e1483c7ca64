/** What the weights of a place add up to; see kernels/kernels.wat. */
const ONE = 256;

/** What each place of an axis is mixed from. */
export interface Taps {
  /** How many neighbouring source places each of them takes. */
  readonly count: number;
  /** The first source place of each. */
  readonly first: Int32Array;
  /** `count` for each, which add up to 256. */
  readonly weights: Int32Array;
}

/** A stretch of an axis that is scaled, of which some places are wanted. */
export interface Axis {
  /** Places of the source that are used, from `start` on. */
  readonly start: number;
  readonly length: number;
  /** Places that they are scaled to. */
  readonly scaled: number;
  /** The wanted ones among those. */
  readonly from: number;
  readonly count: number;
}

/**
 * A triangle as wide as two places of the smaller axis: linear interpolation where it enlarges, and where it reduces
 * a mean of all that a place covers, so that nothing aliases.
 * @see https://en.wikipedia.org/wiki/Triangular_function
 */
export function triangleTaps({ start, length, scaled, from, count: places }: Axis): Taps {
  const step = length / scaled;
  const support = Math.max(1, step);
  const count = step === 1 ? 1 : Math.min(length, Math.ceil(2 * support));
  const first = new Int32Array(places);
  const weights = new Int32Array(places * count);
  const shares = new Float64Array(count);
  for (let place = 0; place < places; place += 1) {
    const centre = (from + place + 0.5) * step - 0.5;
    const lowest = Math.min(Math.max(Math.floor(centre - support) + 1, 0), length - count);
    let sum = 0;
    for (let tap = 0; tap < count; tap += 1) {
      const share = Math.max(0, 1 - Math.abs(lowest + tap - centre) / support);
      shares[tap] = share;
      sum += share;
    }
    // Rounded as a running total, so that they add up to one whatever their number.
    let total = 0;
    let given = 0;
    for (let tap = 0; tap < count; tap += 1) {
      total += (shares[tap] ?? 0) / sum;
      const upTo = Math.round(total * ONE);
      weights[place * count + tap] = upTo - given;
      given = upTo;
    }
    first[place] = start + lowest;
  }
  return { count, first, weights };
}
