import { describe, expect, it } from 'vitest';
import type { JobsQuery } from '../../src/client/operations.js';
import { NO_PAGES, withPage } from '../../src/studio/app/jobs/job-pages.js';

const page = (ids: string[], hasNextPage = false): JobsQuery => ({
  jobs: {
    totalCount: 9,
    edges: ids.map((id) => ({
      cursor: id,
      node: {
        id,
        status: 'COMPLETED',
        createdAt: '2026-01-01T00:00:00Z',
        finishedAt: null,
        outputWidth: 4,
        outputHeight: 4,
        progress: { fraction: 1 },
        model: { id: 'm' },
        error: null,
      },
    })),
    pageInfo: { hasNextPage, endCursor: ids.at(-1) ?? null },
  },
});

describe('pages of jobs', () => {
  it('are put behind each other, and say where the next one begins', () => {
    const first = withPage(NO_PAGES, page(['a', 'b'], true), undefined);
    expect(first.next).toBe('b');
    const both = withPage(first, page(['c']), 'b');
    expect(both.jobs.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(both.next).toBeNull();
    expect(both.totalCount).toBe(9);
  });

  it('list a job once that moved to the next page meanwhile', () => {
    const first = withPage(NO_PAGES, page(['a', 'b'], true), undefined);
    expect(withPage(first, page(['b', 'c']), 'b').jobs.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('begin anew with the first', () => {
    const before = withPage(NO_PAGES, page(['a']), undefined);
    expect(withPage(before, page(['z', 'a']), undefined).jobs.map(({ id }) => id)).toEqual(['z', 'a']);
    expect(withPage(before, page([]), undefined).jobs).toEqual([]);
  });
});
