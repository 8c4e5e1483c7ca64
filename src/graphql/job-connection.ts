import { Extensions, Field, Int, ObjectType } from 'type-graphql';
import type { JobPage } from '../jobs/job-page.js';
import type { SizeExtensions } from './answer-size.js';
import { asked, PAGE } from './costs.js';
import { SuperResolutionJob } from './job.js';

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

export function connectionOf({ jobs, hasNextPage, hasPreviousPage, totalCount }: JobPage): JobConnection {
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
