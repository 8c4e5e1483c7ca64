import { GraphqlClient } from '../kit/graphql-client.js';
import { freePort } from '../kit/redis-server.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { Crew } from './crew.js';
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
  const crew = new Crew(new Map([['serve', 'serve']]), environmentOf(dataDir, port));
  try {
    await crew.start();
    const client = new GraphqlClient(`http://127.0.0.1:${port}`);
    return await carryOut({ crew, client, orders, disturb: killAndRestart(crew, kills), limitMs });
  } finally {
    await crew.dismiss();
    await removeFolder(dataDir);
  }
}

function killAndRestart(crew: Crew, kills: number): Disturbance {
  return async (course) => {
    for (let kill = 1; kill <= kills; kill += 1) {
      await course.whenEnded(Math.floor((kill * course.total) / (kills + 1)));
      if (course.over.aborted) break;
      await crew.replace('serve');
    }
    return [];
  };
}
