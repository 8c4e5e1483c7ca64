import { describe, inject } from 'vitest';
import { startPostgres } from '../kit/postgres-server.js';
import { startCluster } from './cluster.js';
import { describeJobs } from './job-suite.js';

describe.skipIf(inject('postgresBin') === null)('with PostgreSQL', () => {
  describeJobs('jobs of an API and a worker apart', async () => startCluster(await startPostgres()));
});
