import { describe, expect, it } from 'vitest';
import type { JobsQuery } from '../../src/client/operations.js';
import { NO_PAGES, withNewest, withPage } from '../../src/studio/app/jobs/job-pages.js';

const page = (ids: string[], hasNextPage = false): JobsQuery => ({
  jobs: {
    totalCount: 9,
    edges: ids.map((id) => ({
      cursor: id,
      node: {
        id,
        name: null,
        status: 'COMPLETED',
        position: null,
        estimatedSecondsLeft: null,
        createdAt: '2026-01-01T00:00:00Z',
        startedAt: null,
        finishedAt: null,
        input: { width: 1, height: 1 },
        outputWidth: 4,
        outputHeight: 4,
        progress: { tilesDone: 1, tilesTotal: 1, fraction: 1 },
        thumbnail: null,
        result: null,
        model: { id: 'm' },
        error: null,
      },
    })),
    pageInfo: {
      hasNextPage,
      hasPreviousPage: false,
      startCursor: ids[0] ?? null,
      endCursor: ids.at(-1) ?? null,
    },
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

  describe('with what is new', () => {
    const listed = withPage(withPage(NO_PAGES, page(['c', 'b'], true), undefined), page(['a']), 'b');
    const ids = (newest: JobsQuery) => withNewest(listed, newest).jobs.map(({ id }) => id);

    it('keep the pages behind the first', () => {
      expect(ids(page(['d', 'c'], true))).toEqual(['d', 'c', 'b', 'a']);
      expect(withNewest(listed, page(['d', 'c'], true)).next).toBeNull();
    });

    it('lose a job that is gone', () => {
      expect(ids(page(['d', 'b'], true))).toEqual(['d', 'b', 'a']);
      expect(ids(page(['b', 'a']))).toEqual(['b', 'a']);
    });

    it('begin anew where all of a page is new', () => {
      const anew = withNewest(listed, page(['f', 'e'], true));
      expect(anew.jobs.map(({ id }) => id)).toEqual(['f', 'e']);
      expect(anew.next).toBe('e');
    });
  });
});
