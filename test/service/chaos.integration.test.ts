/** The short form of `npm run test:chaos`: what holds under attack, with less of everything. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findingsOf, type Findings } from '../chaos/findings.js';
import { jobMix } from '../chaos/job-mix.js';
import { runOnPglite } from '../chaos/on-pglite.js';
import { runOnRedis } from '../chaos/on-redis.js';
import type { RunRecord } from '../chaos/run.js';

const SEED = 4;
const LIMIT_MS = 120_000;

describe('super resolution jobs', () => {
  const runs = new Map<string, Promise<RunRecord>>();

  beforeAll(async () => {
    const orders = await jobMix(12, SEED);
    // Side by side: most of their time they wait for lost jobs to be missed.
    runs.set('quiet', runOnPglite(orders, LIMIT_MS));
    runs.set('PGlite', runOnPglite(orders, LIMIT_MS, 2));
    if (inject('redisServer') !== null) {
      const attack = { killsEveryMs: 1500, maxKills: 3, redisEnds: 'SIGKILL', seed: SEED } as const;
      runs.set('Redis', runOnRedis(orders, 2, LIMIT_MS, attack));
    }
    // The test that a failure belongs to hears of it; until then it is not an unhandled one.
    for (const run of runs.values()) run.catch(() => undefined);
  });
  // Whoever is slower, or left over by a failure, is not left running.
  afterAll(() => Promise.allSettled(runs.values()), LIMIT_MS);

  async function under(attack: string): Promise<Findings> {
    const [quiet, attacked] = await Promise.all([runs.get('quiet'), runs.get(attack)]);
    if (!quiet || !attacked) throw new Error(`There was no attack on ${attack}`);
    return findingsOf(quiet, attacked);
  }

  it(
    'are all done, once and right, while the one process is killed twice',
    async () => {
      const { kills, promises } = await under('PGlite');
      expect(promises.filter(({ breaches }) => breaches.length > 0)).toEqual([]);
      expect(kills).toHaveLength(2);
    },
    2 * LIMIT_MS,
  );

  it.skipIf(inject('redisServer') === null)(
    'are all done, once and right, while workers are killed, and Redis once',
    async () => {
      const { kills, outages, promises } = await under('Redis');
      expect(promises.filter(({ breaches }) => breaches.length > 0)).toEqual([]);
      expect(outages).toHaveLength(1);
      // A fast machine may be done before the third.
      expect(kills).not.toEqual([]);
    },
    2 * LIMIT_MS,
  );
});
