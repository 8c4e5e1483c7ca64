import { GraphqlClient } from '../kit/graphql-client.js';
import { between, randomNumbers } from '../kit/pictures.js';
import { freePort } from '../kit/redis-server.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import type { Role } from '../kit/service-process.js';
import { ProcessPool } from './process-pool.js';
import { environmentOf } from './environment.js';
import type { Order } from './job-mix.js';
import { pause } from './patience.js';
import { startDurableRedis, type DurableRedis } from './redis.js';
import { carryOut, type Disturbance, type RunRecord } from './run.js';

/** Small jobs end first: by then it is about the middle of the work. */
export const REDIS_RESTARTS_AT = 0.75;

export interface RedisAttack {
  readonly killsEveryMs: number;
  /** Infinity: until all jobs have ended. */
  readonly maxKills: number;
  /** How Redis ends before it comes back. */
  readonly redisEnds: 'SIGTERM' | 'SIGKILL';
  /** Decides who is killed. */
  readonly seed: number;
}

/**
 * Does jobs on a new Redis with an API and workers of their own.
 * @param attack undefined: nothing is disturbed
 */
export async function runOnRedis(
  orders: readonly Order[],
  workers: number,
  limitMs: number,
  attack?: RedisAttack,
): Promise<RunRecord> {
  const redis = await startDurableRedis();
  const dataDir = await dataFolder();
  const port = await freePort();
  const places = new Map<string, Role>([['api', 'api']]);
  for (let number = 1; number <= workers; number += 1) places.set(`worker ${number}`, 'worker');
  const pool = new ProcessPool(places, { ...environmentOf(dataDir, port), QUEUE_URL: redis.url });
  try {
    await pool.start();
    const client = new GraphqlClient(`http://127.0.0.1:${port}`);
    const disturb = attack ? attackOn(pool, redis, attack) : () => Promise.resolve([]);
    return await carryOut({ pool, client, orders, disturb, limitMs });
  } finally {
    await pool.dismiss();
    await redis.stop();
    await removeFolder(dataDir);
  }
}

/** Kills a random worker again and again, and restarts Redis once. */
function attackOn(pool: ProcessPool, redis: DurableRedis, attack: RedisAttack): Disturbance {
  return async (progress) => {
    const [, outages] = await Promise.all([
      killWorkers(pool, attack, progress.over),
      progress.whenEnded(Math.ceil(progress.total * REDIS_RESTARTS_AT)).then(async () => {
        if (progress.over.aborted) return [];
        const at = Date.now();
        await redis.restart(attack.redisEnds);
        return [at];
      }),
    ]);
    return outages;
  };
}

async function killWorkers(
  pool: ProcessPool,
  { killsEveryMs, maxKills, seed }: RedisAttack,
  over: AbortSignal,
): Promise<void> {
  const random = randomNumbers(seed);
  const workers = pool.places('worker');
  for (let kills = 0; kills < maxKills; kills += 1) {
    await pause(over, killsEveryMs);
    if (over.aborted) return;
    await pool.replace(workers[between(random, 0, workers.length - 1)] ?? '');
  }
}
