/** What was measured of one model, by the names that are printed. Shares are 0..1; units stand in the names. */
export type Measures = Readonly<Record<string, string | number>> & { readonly model: string };

/** A set, or a choice of models, that nothing can be said about; the message tells why. */
export class Unmeasurable extends Error {
  override readonly name = 'Unmeasurable';
}

/** The arithmetic mean. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The middle value, or the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return mean(sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1));
}
