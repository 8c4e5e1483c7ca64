import { Arg, Ctx, ID, Int, Mutation, Query, Resolver, Subscription, Root } from 'type-graphql';
import type { ImageFormat } from '../imaging/picture.js';
import type { JobState, JobStatus } from '../jobs/shared/job-state.js';
import { IMAGE, MODEL, PNG_UNLESS_GIVEN, JOB_ID } from './arguments.js';
import { COST } from '../service/costs.js';
import { jobRun, perJob } from './costs.js';
import { PAGE } from '../service/ranges.js';
import { ImageFormatEnum, JobStatusEnum } from './enums.js';
import { ImageInput } from './image-input.js';
import { SuperResolutionJob } from './job.js';
import { connectionOf, JobConnection } from './job-connection.js';
import { countsOf, JobCounts } from './job-counts.js';
import type { Context } from '../service/services.js';
import { submitJob } from '../service/submit-job.js';

@Resolver()
export class JobResolver {
  @Query(() => SuperResolutionJob, {
    nullable: true,
    complexity: COST.jobLookup,
    description: "Null when there is no such job or it is somebody else's.",
  })
  async job(
    @Arg('id', () => ID, JOB_ID) id: string,
    @Ctx() { services, owner }: Context,
  ): Promise<SuperResolutionJob | null> {
    const state = await services.jobs.get(owner, id);
    return state && new SuperResolutionJob(state);
  }

  @Query(() => JobConnection, { complexity: perJob, description: 'Your jobs, the newest first.' })
  async jobs(
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: PAGE.usual,
      description: `At most so many, ${PAGE.range.join(' to ')}.`,
    })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
    @Arg('status', () => JobStatusEnum, { nullable: true, description: 'Only jobs with this status.' })
    status: JobStatus | null | undefined,
    @Arg('search', () => String, {
      nullable: true,
      description: 'A part of the name, in upper or lower case, among the newest 1,000 jobs with the status.',
    })
    search: string | null | undefined,
    @Ctx() { services, owner }: Context,
  ): Promise<JobConnection> {
    const request = {
      first: first ?? PAGE.usual,
      after: after ?? undefined,
      status: status ?? undefined,
      search: search ?? undefined,
    };
    return connectionOf(await services.jobs.list(owner, request));
  }

  @Query(() => JobCounts, { complexity: COST.jobLookup, description: 'How many jobs there are, by status.' })
  async jobCounts(@Ctx() { services, owner }: Context): Promise<JobCounts> {
    return countsOf(await services.jobs.counts(owner));
  }

  @Mutation(() => SuperResolutionJob, {
    complexity: jobRun,
    description:
      'Queues a x4 super resolution job and returns at once. The same idempotencyKey returns the same job.',
  })
  async superResolve(
    @Arg('image', () => ImageInput, IMAGE) image: ImageInput,
    @Arg('format', () => ImageFormatEnum, PNG_UNLESS_GIVEN) format: ImageFormat | null,
    @Arg('model', () => ID, MODEL) model: string | null | undefined,
    @Arg('idempotencyKey', () => String, {
      nullable: true,
      description:
        'A text of your own, 1 to 200 characters: the same one returns the same job, whatever else is sent.',
    })
    idempotencyKey: string | null | undefined,
    @Arg('name', () => String, {
      nullable: true,
      description: 'A file name to know the job by, fruit.jpg; that of the upload unless given.',
    })
    name: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<SuperResolutionJob> {
    return new SuperResolutionJob(
      await submitJob({ image, format: format ?? 'PNG', model, idempotencyKey, name }, context),
    );
  }

  @Mutation(() => SuperResolutionJob, {
    complexity: COST.jobLookup,
    description: 'Stops a job that waits or runs; what is done of it is kept for a retry.',
  })
  async cancelJob(
    @Arg('id', () => ID, JOB_ID) id: string,
    @Ctx() { services, owner }: Context,
  ): Promise<SuperResolutionJob> {
    return new SuperResolutionJob(await services.jobs.cancel(owner, id));
  }

  @Mutation(() => ID, {
    complexity: COST.jobLookup,
    description: 'Removes a finished job and its files, and answers its id.',
  })
  deleteJob(@Arg('id', () => ID, JOB_ID) id: string, @Ctx() { services, owner }: Context): Promise<string> {
    return services.jobs.remove(owner, id);
  }

  @Mutation(() => SuperResolutionJob, {
    complexity: COST.job,
    description: 'Queues a failed or canceled job again; its finished tiles are used again.',
  })
  async retryJob(
    @Arg('id', () => ID, JOB_ID) id: string,
    @Ctx() { services, owner }: Context,
  ): Promise<SuperResolutionJob> {
    return new SuperResolutionJob(await services.jobs.retry(owner, id));
  }

  @Subscription(() => SuperResolutionJob, {
    subscribe: ({ args, context }: { args: { id: string }; context: Context }) =>
      context.services.jobs.follow(context.owner, args.id, context.signal),
    complexity: COST.jobLookup,
    description:
      'Sends the job as it is now, then every change until it ends, then completes. Nothing is missed by a late or returning subscriber.',
  })
  jobUpdated(@Root() state: JobState, @Arg('id', () => ID, JOB_ID) _id: string): SuperResolutionJob {
    return new SuperResolutionJob(state);
  }
}
