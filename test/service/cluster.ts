import type { TestServer } from '../kit/redis-server.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { SMALL_TILES } from '../kit/service-jobs.js';
import { startService, startWorker } from '../kit/service.js';
import type { Cluster } from './job-suite.js';

/** An API and a worker, each a process of its own, on one queue server and one data folder. */
export async function startCluster(queue: TestServer): Promise<Cluster> {
  const dataDir = await dataFolder();
  const options = { dataDir, env: { ...SMALL_TILES, QUEUE_URL: queue.url } };
  const [api, worker] = await Promise.all([startService({ ...options, role: 'api' }), startWorker(options)]);
  return {
    url: api.url,
    stop: async () => {
      await Promise.all([api.stop(), worker.stop()]);
      await queue.stop();
      await removeFolder(dataDir);
    },
  };
}
