import { SMALL_TILES } from '../kit/service-jobs.js';
import { startService } from '../kit/service.js';
import { describeJobs } from './job-suite.js';

describeJobs('jobs on the embedded queue', async () => {
  const service = await startService({ env: SMALL_TILES });
  return {
    url: service.url,
    stop: async () => {
      await service.stop();
    },
  };
});
