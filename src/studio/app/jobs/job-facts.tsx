import type { JobStatus } from '../../../client/operations.js';
import { dimensions, type Dimensions } from '../ui/words.js';
import { duration, moment, soFar, useNow } from './job-times.js';

interface JobFactsProps {
  readonly job: {
    readonly createdAt: string;
    readonly input: Dimensions;
    readonly outputWidth: number;
    readonly outputHeight: number;
  };
  readonly status: JobStatus;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** What was made of what, when, and how long it took. */
export function JobFacts({ job, status, startedAt, finishedAt }: JobFactsProps) {
  const isRunning = status === 'RUNNING' && startedAt !== null;
  const now = useNow(isRunning);
  const createdAt = new Date(job.createdAt);
  const end = isRunning ? now : finishedAt === null ? undefined : Date.parse(finishedAt);
  const took = startedAt === null || end === undefined ? undefined : end - Date.parse(startedAt);
  return (
    <p className="job-facts">
      <span>
        {dimensions(job.input)} → {dimensions({ width: job.outputWidth, height: job.outputHeight })}
      </span>
      <time dateTime={job.createdAt} title={createdAt.toLocaleString()}>
        {moment(createdAt, new Date())}
      </time>
      {took !== undefined && status !== 'CANCELED' && (
        <span>{isRunning ? soFar(took) : `took ${duration(took)}`}</span>
      )}
    </p>
  );
}
