import type { Figure } from './report.js';

/** The middle of several measurements, the least and the greatest, as columns of a report. */
export function spread(values: readonly number[]): Record<'median' | 'min' | 'max', number> {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    min: sorted[0] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
  };
}

/**
 * Times work, one call after the other.
 * @param calls that count; as many as a tenth of them go before, to have code compiled
 */
export async function timed(name: string, calls: number, work: () => unknown): Promise<Figure> {
  for (let call = 0; call < Math.ceil(calls / 10); call += 1) await work();
  const times: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return { name, unit: 'ms', values: spread(times) };
}
