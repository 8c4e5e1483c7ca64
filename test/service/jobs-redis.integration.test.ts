import { describe, inject } from 'vitest';
import { startRedis } from '../kit/redis-server.js';
import { startCluster } from './cluster.js';
import { describeJobs } from './job-suite.js';

describe.skipIf(inject('redisServer') === null)('with Redis', () => {
  describeJobs('jobs of an API and a worker apart', async () => startCluster(await startRedis()));
});
