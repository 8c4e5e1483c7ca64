import type { JobQueue } from '../../queue/backend.js';
import type { ChunkPayload, JobPayload, JobResult } from './contract.js';

/** The two queues, for a large picture to become a job with children. */
export interface Queues {
  readonly jobs: JobQueue<JobPayload, JobResult>;
  readonly chunks: JobQueue<ChunkPayload, number>;
}
