import { describe, expect, test } from 'vitest';
import { CodedError } from '../../src/errors.js';
import { pageOf, type PageRequest } from '../../src/jobs/job-page.js';
import type { JobState } from '../../src/jobs/job-state.js';
import { state } from './states.js';

function at(second: number, id: string): JobState {
  return state({ id, createdAt: new Date(Date.UTC(2026, 4, 4, 3, 2, second)) });
}

function page(jobs: readonly JobState[], request: Partial<PageRequest> = {}) {
  const { jobs: found, ...rest } = pageOf(jobs, {
    first: 20,
    after: undefined,
    status: undefined,
    search: undefined,
    ...request,
  });
  return { ids: found.map((job) => job.state.id), end: found.at(-1)?.cursor, ...rest };
}

const FIVE = [at(3, 'c'), at(1, 'a'), at(5, 'e'), at(4, 'd'), at(2, 'b')];

describe('a page', () => {
  test('has the newest jobs first', () => {
    expect(page(FIVE)).toMatchObject({ ids: ['e', 'd', 'c', 'b', 'a'], hasNextPage: false, totalCount: 5 });
  });

  test('has jobs of one moment in one order, however they come', () => {
    const same = ['x', 'z', 'y'].map((id) => at(1, id));
    expect(page(same).ids).toEqual(page([...same].reverse()).ids);
  });

  test('after page has all jobs once', () => {
    const first = page(FIVE, { first: 2 });
    const second = page(FIVE, { first: 2, after: first.end });
    const third = page(FIVE, { first: 2, after: second.end });
    expect([first.ids, second.ids, third.ids]).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
    expect([first, second, third].map(({ hasNextPage }) => hasNextPage)).toEqual([true, true, false]);
    expect(page(FIVE, { after: third.end })).toMatchObject({ ids: [], hasNextPage: false, totalCount: 5 });
  });

  test('knows whether there are jobs before it', () => {
    const first = page(FIVE, { first: 2 });
    const second = page(FIVE, { first: 2, after: first.end });
    const last = page(FIVE, { first: 1, after: second.end });
    const beyond = page(FIVE, { after: last.end });
    expect([first, second, last, beyond].map((part) => part.hasPreviousPage)).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(page([]).hasPreviousPage).toBe(false);
    // One that came since then is before the page as well.
    expect(page([at(9, 'new'), ...FIVE], { after: first.end }).hasPreviousPage).toBe(true);
  });

  test('refuses a cursor that is longer than any of ours without a look at it', () => {
    expect(() => page(FIVE, { after: 'x'.repeat(1_000_000) })).toThrow(/^Expected 'after' .{1,250}$/);
  });

  test('goes on where it was when jobs are added meanwhile', () => {
    const { end } = page(FIVE, { first: 2 });
    expect(page([at(9, 'new'), ...FIVE], { first: 2, after: end }).ids).toEqual(['c', 'b']);
  });

  test('goes on where it was when the job of its cursor is forgotten meanwhile', () => {
    const { end } = page(FIVE, { first: 2 });
    expect(
      page(
        FIVE.filter(({ id }) => id !== 'd'),
        { first: 2, after: end },
      ).ids,
    ).toEqual(['c', 'b']);
  });

  test('splits jobs of one moment without losing any', () => {
    const same = ['x', 'z', 'y', 'w'].map((id) => at(1, id));
    const first = page(same, { first: 2 });
    const second = page(same, { first: 2, after: first.end });
    expect([...first.ids, ...second.ids].sort()).toEqual(['w', 'x', 'y', 'z']);
  });

  test('has jobs of one status when that is asked for, and counts them alone', () => {
    const jobs = [...FIVE, state({ id: 'f', status: 'FAILED' })];
    expect(page(jobs, { status: 'FAILED' })).toMatchObject({ ids: ['f'], totalCount: 1 });
  });

  test('of no jobs is empty', () => {
    expect(page([])).toEqual({
      ids: [],
      end: undefined,
      hasNextPage: false,
      hasPreviousPage: false,
      totalCount: 0,
    });
  });
});

describe('a request that cannot be answered', () => {
  test.each([0, -1, 101])('says what it may be: first %i', (first) => {
    expect(() => page(FIVE, { first })).toThrow(`Expected 'first' from 1 to 100, and ${first} came.`);
  });

  test.each(['', 'x', '!!!', Buffer.from('2026 sr-1').toString('base64url')])(
    'says so of a cursor that is none: %j',
    (after) => {
      let thrown: unknown;
      try {
        page(FIVE, { after });
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(CodedError);
      expect(thrown).toMatchObject({
        code: 'BAD_USER_INPUT',
        message: expect.stringContaining(`'${after}'`) as string,
      });
    },
  );
});
