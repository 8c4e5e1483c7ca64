import { GraphqlClient } from '../kit/graphql-client.js';
import { freePort } from '../kit/redis-server.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { ProcessPool } from './process-pool.js';
import { environmentOf } from './environment.js';
import type { Order } from './job-mix.js';
import { carryOut, type Disturbance, type RunRecord } from './run.js';

/**
 * Does jobs with the queue embedded in the one process that there is.
 * @param kills how often that process is killed and started again on its data, evenly over the jobs
 */
export async function runOnPglite(orders: readonly Order[], limitMs: number, kills = 0): Promise<RunRecord> {
  const dataDir = await dataFolder();
  // The same one for every start: clients come back to where they were.
  const port = await freePort();
  const pool = new ProcessPool(new Map([['serve', 'serve']]), environmentOf(dataDir, port));
  try {
    await pool.start();
    const client = new GraphqlClient(`http://127.0.0.1:${port}`);
    return await carryOut({ pool, client, orders, disturb: killAndRestart(pool, kills), limitMs });
  } finally {
    await pool.dismiss();
    await removeFolder(dataDir);
  }
}

function killAndRestart(pool: ProcessPool, kills: number): Disturbance {
  return async (progress) => {
    for (let kill = 1; kill <= kills; kill += 1) {
      await progress.whenEnded(Math.floor((kill * progress.total) / (kills + 1)));
      if (progress.over.aborted) break;
      await pool.replace('serve');
    }
    return [];
  };
}
