import {
  Arg,
  Ctx,
  Extensions,
  Field,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Subscription,
  Root,
} from 'type-graphql';
import type { ImageFormat } from '../imaging/picture.js';
import type { JobState, JobStatus } from '../jobs/job-state.js';
import type { JobPage } from '../jobs/job-page.js';
import type { SizeExtensions } from './answer-size.js';
import { asked, COST, jobRun, PAGE, perJob } from './costs.js';
import { ImageFormatEnum, JobStatusEnum } from './enums.js';
import { ImageInput } from './image-input.js';
import { SuperResolutionJob } from './job.js';
import type { Context } from './services.js';
import { submitJob } from './submit-job.js';

@ObjectType()
export class JobEdge {
  @Field(() => String)
  cursor!: string;

  @Field(() => SuperResolutionJob)
  node!: SuperResolutionJob;
}

@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there are jobs before this page: newer ones.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

@ObjectType()
export class JobConnection {
  @Extensions({ items: ({ parentArgs }) => asked(parentArgs['first'], PAGE) } satisfies SizeExtensions)
  @Field(() => [JobEdge])
  edges!: JobEdge[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => Int)
  totalCount!: number;
}

function connectionOf({ jobs, hasNextPage, hasPreviousPage, totalCount }: JobPage): JobConnection {
  return {
    edges: jobs.map(({ cursor, state }) => ({ cursor, node: new SuperResolutionJob(state) })),
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: jobs[0]?.cursor ?? null,
      endCursor: jobs.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}

@Resolver()
export class JobResolver {
  @Query(() => SuperResolutionJob, {
    nullable: true,
    complexity: COST.jobLookup,
    description: "Null when there is no such job or it is somebody else's.",
  })
  async job(
    @Arg('id', () => ID) id: string,
    @Ctx() { services, owner }: Context,
  ): Promise<SuperResolutionJob | null> {
    const state = await services.jobs.get(owner, id);
    return state && new SuperResolutionJob(state);
  }

  @Query(() => JobConnection, { complexity: perJob })
  async jobs(
    @Arg('first', () => Int, { nullable: true, defaultValue: PAGE.usual }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null | undefined,
    @Arg('status', () => JobStatusEnum, { nullable: true }) status: JobStatus | null | undefined,
    @Ctx() { services, owner }: Context,
  ): Promise<JobConnection> {
    const request = { first: first ?? PAGE.usual, after: after ?? undefined, status: status ?? undefined };
    return connectionOf(await services.jobs.list(owner, request));
  }

  @Mutation(() => SuperResolutionJob, {
    complexity: jobRun,
    description:
      'Queues a x4 super resolution job and returns at once. The same idempotencyKey returns the same job.',
  })
  async superResolve(
    @Arg('image', () => ImageInput) image: ImageInput,
    @Arg('format', () => ImageFormatEnum, { nullable: true, defaultValue: 'PNG' }) format: ImageFormat | null,
    @Arg('model', () => ID, { nullable: true }) model: string | null | undefined,
    @Arg('idempotencyKey', () => String, { nullable: true }) idempotencyKey: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<SuperResolutionJob> {
    return new SuperResolutionJob(
      await submitJob({ image, format: format ?? 'PNG', model, idempotencyKey }, context),
    );
  }

  @Mutation(() => SuperResolutionJob, { complexity: COST.jobLookup })
  async cancelJob(
    @Arg('id', () => ID) id: string,
    @Ctx() { services, owner }: Context,
  ): Promise<SuperResolutionJob> {
    return new SuperResolutionJob(await services.jobs.cancel(owner, id));
  }

  @Mutation(() => SuperResolutionJob, { complexity: COST.job })
  async retryJob(
    @Arg('id', () => ID) id: string,
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
  jobUpdated(@Root() state: JobState, @Arg('id', () => ID) _id: string): SuperResolutionJob {
    return new SuperResolutionJob(state);
  }
}
