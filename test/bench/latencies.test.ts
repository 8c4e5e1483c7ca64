import { describe, expect, it } from 'vitest';
import { Latencies } from '../../bench/latencies.js';

function measured(...milliseconds: number[]): Latencies {
  const latencies = new Latencies();
  for (const value of milliseconds) latencies.add(value);
  return latencies;
}

describe('latencies', () => {
  it('give the nearest rank, whatever the order they came in', () => {
    const hundred = measured(...Array.from({ length: 100 }, (_, index) => 100 - index));

    expect(hundred.quantile(0.5)).toBe(50);
    expect(hundred.quantile(0.99)).toBe(99);
    expect(hundred.quantile(1)).toBe(100);
  });

  it('sort by number, not by text', () => {
    expect(measured(9, 10, 100).quantile(0.5)).toBe(10);
  });

  it('of one request are that one', () => {
    expect(measured(7).quantile(0.99)).toBe(7);
  });

  it('of nothing are no number', () => {
    expect(measured().quantile(0.5)).toBeNaN();
  });
});
