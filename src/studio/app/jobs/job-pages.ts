import type { JobsQuery } from '../../../client/operations.js';

export type JobSummary = JobsQuery['jobs']['edges'][number]['node'];

/** The pages of the list that were fetched so far. */
export interface JobPages {
  readonly jobs: readonly JobSummary[];
  readonly totalCount: number;
  /** Where the next page begins; null when there is none. */
  readonly next: string | null;
}

export const NO_PAGES: JobPages = { jobs: [], totalCount: 0, next: null };

/**
 * Puts a page behind those before it. Jobs that came in meanwhile move the pages: one that is listed already
 * stays where it is.
 * @param after where the page begins; undefined for the first, with which the list begins anew
 */
export function withPage(pages: JobPages, { jobs: page }: JobsQuery, after: string | undefined): JobPages {
  const before = after === undefined ? [] : pages.jobs;
  const known = new Set(before.map(({ id }) => id));
  const added = page.edges.map(({ node }) => node).filter(({ id }) => !known.has(id));
  const { hasNextPage, endCursor } = page.pageInfo;
  return {
    jobs: [...before, ...added],
    totalCount: page.totalCount,
    next: hasNextPage ? endCursor : null,
  };
}
