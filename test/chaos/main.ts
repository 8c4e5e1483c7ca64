/**
 * `npm run test:chaos`: super resolution jobs while workers are killed and the queue's server restarts, against the
 * same jobs undisturbed. Exit code 1: a promise was broken; 2: a wrong command line.
 */
import { availableParallelism } from 'node:os';
import { allMet } from '../../bench/report.js';
import { UsageError } from '../../bench/subcommand.js';
import { findingsOf } from './findings.js';
import { jobMix, TILE_EDGE } from './job-mix.js';
import { runOnPglite } from './on-pglite.js';
import { REDIS_RESTARTS_AT, runOnRedis } from './on-redis.js';
import { readCommandLine, usage, type Options } from './options.js';
import { inWords, reportOf, type ChaosReport } from './report.js';

async function main(args: readonly string[]): Promise<number> {
  const options = readCommandLine(args);
  if (options.help) {
    console.log(usage());
    return 0;
  }
  // First of all: a run that does not come to its end can be made again, too.
  console.error(`seed ${options.seed}`);
  const reports: ChaosReport[] = [];
  for (const [name, part] of [
    ['redis', onRedis],
    ['pglite', onPglite],
  ] as const) {
    if (options.only !== undefined && options.only !== name) continue;
    const report = await part(options);
    reports.push(report);
    if (!options.json) console.log(`${inWords(report)}\n`);
  }
  if (options.json) console.log(JSON.stringify(reports, null, 2));
  return reports.every(allMet) ? 0 : 1;
}

async function onRedis(options: Options): Promise<ChaosReport> {
  const { jobs, workers, seed, seconds } = options;
  const orders = await jobMix(jobs, seed);
  const quiet = await runOnRedis(orders, workers, seconds * 1000);
  const chaos = await runOnRedis(orders, workers, seconds * 1000, {
    killsEveryMs: options['kills-every'] * 1000,
    maxKills: Infinity,
    redisEnds: options['redis-ends'],
    seed,
  });
  return reportOf(
    `chaos on Redis: an API and ${workers} workers`,
    {
      ...settingOf(options),
      attack: `a random worker killed every ${options['kills-every']} s until all jobs have ended, Redis restarted (${options['redis-ends']}) when ${REDIS_RESTARTS_AT * 100} % of them have`,
    },
    findingsOf(quiet, chaos),
  );
}

async function onPglite(options: Options): Promise<ChaosReport> {
  const { seed, seconds, restarts } = options;
  const orders = await jobMix(Math.ceil(options.jobs / 5), seed);
  const quiet = await runOnPglite(orders, seconds * 1000);
  const chaos = await runOnPglite(orders, seconds * 1000, restarts);
  return reportOf(
    'chaos on PGlite: API, worker and queue in one process',
    { ...settingOf(options), attack: `the process killed and started again on its data ${restarts} times` },
    findingsOf(quiet, chaos),
  );
}

function settingOf({ seed }: Options) {
  return {
    machine: `${availableParallelism()} cores, Node ${process.version}`,
    seed,
    tiles: `up to ${TILE_EDGE}x${TILE_EDGE} pixels; a job has one, some, or dozens of them`,
  };
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof UsageError ? error.message : error);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
