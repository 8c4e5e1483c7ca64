import { describe, expect, it } from 'vitest';
import { UsageError } from '../../bench/subcommand.js';
import { readCommandLine, usage } from './options.js';

describe('the command line', () => {
  it('may be empty: it has a default for everything, and another seed each time', () => {
    expect(readCommandLine([])).toMatchObject({
      jobs: 100,
      workers: 3,
      'kills-every': 2,
      'redis-ends': 'SIGTERM',
      json: false,
      seed: expect.any(Number) as unknown,
    });
  });

  it('sets what it names', () => {
    const args = ['--jobs', '7', '--kills-every', '0.5', '--seed', '3', '--only', 'pglite', '--json'];
    expect(readCommandLine(args)).toMatchObject({
      jobs: 7,
      'kills-every': 0.5,
      seed: 3,
      only: 'pglite',
      json: true,
    });
  });

  it.each([
    ['--jobs', '0'],
    ['--kills-every', 'often'],
    ['--only', 'postgres'],
    ['--redis-ends', 'SIGSTOP'],
    ['--fast'],
  ])('is refused with %s %s, by name', (...args) => {
    expect(() => readCommandLine(args)).toThrow(UsageError);
    expect(() => readCommandLine(args)).toThrow(args[0]);
  });

  it('is explained', () => {
    expect(usage()).toMatch(/--jobs \(100\) +jobs on Redis/);
  });
});
