import { exponential, lognormal, randomOf } from './random.js';

/** A picture that is to be enlarged. */
export interface Arrival {
  /** Seconds since midnight. */
  readonly at: number;
  /** Seconds that one worker takes for it. */
  readonly work: number;
}

export const DAY_SECONDS = 86_400;
const HOUR = 3600;

/**
 * A made-up day of jobs in a second, by the hour in which it changes: a quiet night, a peak in the morning, an even
 * afternoon, an evening. At its peak some four workers are busy.
 */
const HOURS: readonly { readonly until: number; readonly rate: number }[] = [
  { until: 6, rate: 0.01 },
  { until: 8, rate: 0.1 },
  { until: 10, rate: 0.5 },
  { until: 18, rate: 0.2 },
  { until: 22, rate: 0.1 },
  { until: 24, rate: 0.02 },
];

/** Someone sends an album: ten times as much as usual at that hour. */
const BURST = { from: 15 * HOUR, until: 15.25 * HOUR, times: 10 };

/** Most pictures take some seconds, a few take minutes. Mean: 5 s times exp(0.9² / 2), 7.5 s. */
const WORK = { medianSeconds: 5, sigma: 0.9, mostSeconds: 240 };

/** Jobs in a second at a time of the day. */
export function rateAt(second: number): number {
  const usual = HOURS.find(({ until }) => second < until * HOUR)?.rate ?? 0;
  return second >= BURST.from && second < BURST.until ? usual * BURST.times : usual;
}

/** A day of arrivals, the same for the same seed: a Poisson process of a changing rate, by thinning. */
export function arrivalsOf(seed: number): Arrival[] {
  const random = randomOf(seed);
  const highest = Math.max(...HOURS.map(({ rate }) => rate)) * BURST.times;
  const arrivals: Arrival[] = [];
  for (let at = exponential(random, highest); at < DAY_SECONDS; at += exponential(random, highest)) {
    if (random() >= rateAt(at) / highest) continue;
    const work = Math.min(lognormal(random, WORK.medianSeconds, WORK.sigma), WORK.mostSeconds);
    arrivals.push({ at, work });
  }
  return arrivals;
}
