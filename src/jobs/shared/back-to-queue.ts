import type { Job } from 'bullmq';

/** Queues a failed job again, as one that has not been attempted. Several may ask for it at once: one of them does it. */
export async function backToQueue(job: Job): Promise<void> {
  try {
    await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
  } catch (error) {
    // Otherwise somebody else was faster.
    if (await job.isFailed()) throw error;
  }
}
