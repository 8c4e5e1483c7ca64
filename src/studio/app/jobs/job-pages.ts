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

/**
 * Puts what the first page is now in place of what it was; the pages behind it stay. Where more jobs came in than a
 * page holds, the list begins anew.
 */
export function withNewest(pages: JobPages, newest: JobsQuery): JobPages {
  const first = withPage(NO_PAGES, newest, undefined);
  const ids = new Set(first.jobs.map(({ id }) => id));
  const lastKnown = pages.jobs.findLastIndex(({ id }) => ids.has(id));
  const behind = lastKnown < 0 ? [] : pages.jobs.slice(lastKnown + 1);
  if (behind.length === 0 || first.next === null) return first;
  return { ...first, jobs: [...first.jobs, ...behind], next: pages.next };
}

/** Takes a job out, which was deleted. */
export function withoutJob({ jobs, totalCount, next }: JobPages, gone: string): JobPages {
  const left = jobs.filter(({ id }) => id !== gone);
  return { jobs: left, totalCount: totalCount - (jobs.length - left.length), next };
}
