import type { Job } from 'bullmq';
import {
  payloadSchema,
  progressSchema,
  resultSchema,
  type JobPayload,
  type JobProgress,
  type JobResult,
} from './contract.js';
import { CANCELED_REASON, failureOf, type JobFailure } from './failure.js';

export const JOB_STATUSES = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** A super resolution job as it is at one moment. */
export interface JobState {
  readonly id: string;
  readonly status: JobStatus;
  readonly payload: JobPayload;
  readonly progress: JobProgress;
  /** Jobs ahead of this one; null unless it is queued. */
  readonly position: number | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly attempts: number;
  /** Null unless COMPLETED. */
  readonly result: JobResult | null;
  /** Null unless FAILED. */
  readonly failure: JobFailure | null;
}

export function isTerminal(status: JobStatus): boolean {
  return status === 'COMPLETED' || status === 'FAILED' || status === 'CANCELED';
}

/**
 * Reads the queue's job.
 * @param queueState the state that the queue keeps it in
 * @param position jobs ahead of it, if it waits
 * @returns null for a job that is no more, or is not one of ours
 */
export function jobStateOf(job: Job, queueState: string, position: number | null): JobState | null {
  const payload = payloadSchema.safeParse(job.data);
  if (!payload.success || job.id === undefined || queueState === 'unknown') return null;
  const status = statusOf(queueState, payload.data, job);
  const progress = progressSchema.safeParse(job.progress);
  return {
    id: job.id,
    status,
    payload: payload.data,
    progress: progress.success ? progress.data : { tilesDone: 0, tilesTotal: 0 },
    position: status === 'QUEUED' ? position : null,
    createdAt: new Date(job.timestamp),
    startedAt: dateOf(begun(job, progress.data)),
    finishedAt: isTerminal(status) ? dateOf(job.finishedOn ?? payload.data.canceledAt) : null,
    attempts: attemptsOf(job, progress.data),
    result: status === 'COMPLETED' ? resultSchema.parse(job.returnvalue) : null,
    failure: status === 'FAILED' ? failureOf(job.failedReason) : null,
  };
}

/** The queue knows when a job was last taken up; a large picture's is taken up again to be stitched. */
function begun({ processedOn }: Job, progress: JobProgress | undefined): number | undefined {
  return processedOn === undefined ? undefined : (progress?.startedAt ?? processedOn);
}

/** Those that a lost worker did not end count too, but coming back for the stitching is no attempt. */
function attemptsOf({ attemptsMade, attemptsStarted }: Job, progress: JobProgress | undefined): number {
  if (progress?.startedAt === undefined) return Math.max(attemptsMade, attemptsStarted);
  return Math.max(attemptsMade, 1);
}

/**
 * A canceled job is called so from the moment of the request on, wherever the queue keeps it and even when its
 * worker came to its end all the same: one who was told so must not be told otherwise.
 */
function statusOf(
  queueState: string,
  { canceledAt }: JobPayload,
  { finishedOn, failedReason }: Pick<Job, 'finishedOn' | 'failedReason'>,
): JobStatus {
  const completed = queueState === 'completed';
  if (canceledAt !== undefined && !(completed && finishedOn !== undefined && finishedOn < canceledAt))
    return 'CANCELED';
  if (completed) return 'COMPLETED';
  // Put back between the reading of its state and of the job itself.
  if (queueState === 'failed' && finishedOn === undefined) return 'QUEUED';
  // Retried while a worker was ending it as canceled: that worker puts it back.
  if (queueState === 'failed') return failedReason === CANCELED_REASON ? 'QUEUED' : 'FAILED';
  return queueState === 'active' || queueState === 'waiting-children' ? 'RUNNING' : 'QUEUED';
}

function dateOf(time: number | undefined): Date | null {
  return time === undefined ? null : new Date(time);
}
