import { Extensions, Field, Int, ObjectType } from 'type-graphql';
import type { JobPage } from '../jobs/api/job-page.js';
import type { SizeExtensions } from './answer-size.js';
import { asked } from './costs.js';
import { PAGE } from '../service/ranges.js';
import { SuperResolutionJob } from './job.js';

@ObjectType({ description: 'A job and its place in the list.' })
export class JobEdge {
  @Field(() => String, { description: 'Pass it as after to get the jobs behind this one.' })
  cursor!: string;

  @Field(() => SuperResolutionJob, { description: 'The job.' })
  node!: SuperResolutionJob;
}

@ObjectType({ description: 'The place of a page, as in the GraphQL cursor connections specification.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there are jobs behind this page: older ones.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there are jobs before this page: newer ones.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { description: 'The cursor of the first job; null on an empty page.', nullable: true })
  startCursor!: string | null;

  @Field(() => String, { description: 'The cursor of the last job; null on an empty page.', nullable: true })
  endCursor!: string | null;
}

@ObjectType({ description: 'A page of jobs, the newest first.' })
export class JobConnection {
  @Extensions({ items: ({ parentArgs }) => asked(parentArgs['first'], PAGE) } satisfies SizeExtensions)
  @Field(() => [JobEdge], { description: 'The jobs of this page.' })
  edges!: JobEdge[];

  @Field(() => PageInfo, { description: 'Where this page is among the others.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'Jobs on all pages together.' })
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
