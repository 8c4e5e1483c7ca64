import { Field, Int, ObjectType } from 'type-graphql';
import type { JobStatus } from '../jobs/shared/job-state.js';

@ObjectType({ description: 'How many jobs have each status.' })
export class JobCounts {
  @Field(() => Int, { description: 'Waiting for a worker.' })
  queued!: number;

  @Field(() => Int, { description: 'In the hands of a worker.' })
  running!: number;

  @Field(() => Int, { description: 'Done, their results kept.' })
  completed!: number;

  @Field(() => Int, { description: 'Ended by an error.' })
  failed!: number;

  @Field(() => Int, { description: 'Ended by their owner.' })
  canceled!: number;
}

export function countsOf(counts: Readonly<Record<JobStatus, number>>): JobCounts {
  return {
    queued: counts.QUEUED,
    running: counts.RUNNING,
    completed: counts.COMPLETED,
    failed: counts.FAILED,
    canceled: counts.CANCELED,
  };
}
