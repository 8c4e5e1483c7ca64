import { parseArgs } from 'node:util';
import { z } from 'zod';
import { count, readOptions, UsageError, type Option } from '../../bench/subcommand.js';

const OPTIONS = {
  jobs: { type: 'string', default: '100', about: 'jobs on Redis; a fifth of them on PGlite' },
  workers: { type: 'string', default: '3', about: 'worker processes on Redis' },
  'kills-every': { type: 'string', default: '2', about: 'seconds between two kills of a worker' },
  restarts: { type: 'string', default: '5', about: 'kills of the one process on PGlite' },
  'redis-ends': { type: 'string', default: 'SIGTERM', about: 'how Redis is restarted: SIGTERM or SIGKILL' },
  seconds: { type: 'string', default: '900', about: 'the most that the jobs of one run may take' },
  seed: { type: 'string', about: 'of the pictures and of whom to kill; without it another one each time' },
  only: { type: 'string', about: 'redis or pglite' },
  json: { type: 'boolean', default: false, about: 'print the reports as JSON and nothing else' },
  help: { type: 'boolean', short: 'h', default: false, about: 'print this' },
} as const satisfies Record<string, Option>;

const schema = z.object({
  jobs: count,
  workers: count,
  'kills-every': z.coerce.number<string>().positive(),
  restarts: count,
  'redis-ends': z.enum(['SIGTERM', 'SIGKILL']),
  seconds: count,
  seed: count.default(() => Date.now() % 1_000_000),
  only: z.enum(['redis', 'pglite']).optional(),
  json: z.boolean(),
  help: z.boolean(),
});
export type Options = z.infer<typeof schema>;

/** @throws UsageError */
export function readCommandLine(args: readonly string[]): Options {
  try {
    return readOptions(schema, parseArgs({ args: [...args], options: OPTIONS }).values);
  } catch (error) {
    // What parseArgs throws is a sentence for people.
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}

export function usage(): string {
  const list = Object.entries<Option>(OPTIONS).map(([option, { type, default: initial, about }]) => {
    const takes = type === 'string' && initial !== undefined ? ` (${String(initial)})` : '';
    return `  ${`--${option}${takes}`.padEnd(24)} ${about}`;
  });
  return ['Usage: npm run test:chaos -- [options]', '', ...list].join('\n');
}
