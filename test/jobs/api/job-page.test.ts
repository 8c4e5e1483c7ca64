import { describe, expect, test } from 'vitest';
import { CodedError } from '../../../src/errors.js';
import { byName, type JobIndex } from '../../../src/queue/job-index.js';
import { folded } from '../../../src/jobs/api/job-name.js';
import { readPage, type PageRequest } from '../../../src/jobs/api/job-page.js';
import type { JobState } from '../../../src/jobs/shared/job-state.js';
import { payload, state } from '../states.js';

function at(second: number, id: string): JobState {
  return state({ id, createdAt: new Date(Date.UTC(2026, 4, 4, 3, 2, second)) });
}

/** Pages of jobs that an index has as they are. */
async function page(jobs: readonly JobState[], request: Partial<PageRequest> = {}, owner = 'anna') {
  const { jobs: found, ...rest } = await readPage(
    owner,
    { first: 20, after: undefined, status: undefined, search: undefined, ...request },
    { index: indexOf(jobs), read: reading(jobs), correct: () => Promise.resolve() },
  );
  return { ids: found.map((job) => job.state.id), end: found.at(-1)?.cursor, ...rest };
}

function reading(jobs: readonly JobState[]) {
  return (ids: readonly string[]) =>
    Promise.resolve(new Map(jobs.filter(({ id }) => ids.includes(id)).map((job) => [job.id, job])));
}

function indexOf(jobs: readonly JobState[]): Pick<JobIndex, 'page' | 'counts'> {
  const places = jobs
    .map(({ id, createdAt, status, payload }) => ({
      ...{ id, status, owner: payload.owner, name: folded(payload.name ?? '') },
      createdAt: createdAt.getTime(),
    }))
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  return {
    page: (owner, { status, after, limit }) =>
      Promise.resolve(
        places
          .filter((place) => place.owner === owner && (status === undefined || place.status === status))
          .filter(
            ({ createdAt, id }) =>
              after === undefined ||
              createdAt < after.createdAt ||
              (createdAt === after.createdAt && id < after.id),
          )
          .slice(0, limit),
      ),
    counts: (owner, statuses) =>
      Promise.resolve(
        byName(
          statuses,
          (status) => places.filter((place) => place.owner === owner && place.status === status).length,
        ),
      ),
  };
}

const FIVE = [at(3, 'c'), at(1, 'a'), at(5, 'e'), at(4, 'd'), at(2, 'b')];

describe('a page', () => {
  test('has the newest jobs first', async () => {
    expect(await page(FIVE)).toMatchObject({
      ids: ['e', 'd', 'c', 'b', 'a'],
      hasNextPage: false,
      totalCount: 5,
    });
  });

  test('has jobs of one moment in one order, however they come', async () => {
    const same = ['x', 'z', 'y'].map((id) => at(1, id));
    expect((await page(same)).ids).toEqual((await page([...same].reverse())).ids);
  });

  test('after page has all jobs once', async () => {
    const first = await page(FIVE, { first: 2 });
    const second = await page(FIVE, { first: 2, after: first.end });
    const third = await page(FIVE, { first: 2, after: second.end });
    expect([first.ids, second.ids, third.ids]).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
    expect([first, second, third].map(({ hasNextPage }) => hasNextPage)).toEqual([true, true, false]);
    expect(await page(FIVE, { after: third.end })).toMatchObject({
      ids: [],
      hasNextPage: false,
      totalCount: 5,
    });
  });

  test('knows whether there are jobs before it', async () => {
    const first = await page(FIVE, { first: 2 });
    const second = await page(FIVE, { first: 2, after: first.end });
    const last = await page(FIVE, { first: 1, after: second.end });
    const beyond = await page(FIVE, { after: last.end });
    expect([first, second, last, beyond].map((part) => part.hasPreviousPage)).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect((await page([])).hasPreviousPage).toBe(false);
    // One that came since then is before the page as well.
    expect((await page([at(9, 'new'), ...FIVE], { after: first.end })).hasPreviousPage).toBe(true);
  });

  test('refuses a cursor that is longer than any of ours without a look at it', async () => {
    await expect(page(FIVE, { after: 'x'.repeat(1_000_000) })).rejects.toThrow(/^Expected 'after' .{1,250}$/);
  });

  test('goes on where it was when jobs are added meanwhile', async () => {
    const { end } = await page(FIVE, { first: 2 });
    expect((await page([at(9, 'new'), ...FIVE], { first: 2, after: end })).ids).toEqual(['c', 'b']);
  });

  test('goes on where it was when the job of its cursor is forgotten meanwhile', async () => {
    const { end } = await page(FIVE, { first: 2 });
    const left = FIVE.filter(({ id }) => id !== 'd');
    expect((await page(left, { first: 2, after: end })).ids).toEqual(['c', 'b']);
  });

  test('splits jobs of one moment without losing any', async () => {
    const same = ['x', 'z', 'y', 'w'].map((id) => at(1, id));
    const first = await page(same, { first: 2 });
    const second = await page(same, { first: 2, after: first.end });
    expect([...first.ids, ...second.ids].sort()).toEqual(['w', 'x', 'y', 'z']);
  });

  test('has jobs of one status when that is asked for, and counts them alone', async () => {
    const jobs = [...FIVE, state({ id: 'f', status: 'FAILED' })];
    expect(await page(jobs, { status: 'FAILED' })).toMatchObject({ ids: ['f'], totalCount: 1 });
  });

  test('of no jobs is empty', async () => {
    expect(await page([])).toEqual({
      ids: [],
      end: undefined,
      hasNextPage: false,
      hasPreviousPage: false,
      totalCount: 0,
    });
  });
});

describe('a search', () => {
  const jobs = ['Äpfel.png', 'birnen.jpg', 'ÄPFEL und Birnen.png'].map((name, index) => ({
    ...at(index, `job-${index}`),
    payload: payload({ name }),
  }));

  test('finds a part of a name in any case, and counts what it finds', async () => {
    const found = await page(jobs, { search: 'äpfel', first: 1 });
    expect(found).toMatchObject({ ids: ['job-2'], totalCount: 2, hasNextPage: true, hasPreviousPage: false });
    expect(await page(jobs, { search: 'äpfel', first: 1, after: found.end })).toMatchObject({
      ids: ['job-0'],
      totalCount: 2,
      hasNextPage: false,
      hasPreviousPage: true,
    });
    expect(await page(jobs, { search: 'kirschen' })).toMatchObject({ ids: [], totalCount: 0 });
  });

  test('for nothing finds everything', async () => {
    expect(await page([...jobs, at(9, 'nameless')], { search: '' })).toMatchObject({ totalCount: 4 });
  });

  test('for too long a text is refused', async () => {
    await expect(page(jobs, { search: 'x'.repeat(256) })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('an index that is wrong', () => {
  test('is corrected, and the page read anew', async () => {
    const jobs = new Map(FIVE.map((job) => [job.id, job]));
    const wrong = [...FIVE, at(9, 'gone'), { ...at(8, 'moved'), status: 'FAILED' as const }];
    const known = new Map(wrong.map((job) => [job.id, { ...job, status: 'QUEUED' as const }]));
    const corrected: string[] = [];
    const found = await readPage(
      'anna',
      { first: 2, after: undefined, status: 'QUEUED', search: undefined },
      {
        index: {
          page: (...args) => indexOf([...known.values()]).page(...args),
          counts: (...args) => indexOf([...known.values()]).counts(...args),
        },
        read: reading([...jobs.values()]),
        correct: (id) => {
          corrected.push(id);
          known.delete(id);
          return Promise.resolve();
        },
      },
    );
    expect(found.jobs.map(({ state: { id } }) => id)).toEqual(['e', 'd']);
    expect(found).toMatchObject({ totalCount: 5, hasNextPage: true });
    expect(corrected.sort()).toEqual(['gone', 'moved']);
  });

  test('again and again is not waited for', async () => {
    const always = indexOf([at(9, 'gone'), ...FIVE]);
    const found = await readPage(
      'anna',
      { first: 3, after: undefined, status: undefined, search: undefined },
      { index: always, read: reading(FIVE), correct: () => Promise.resolve() },
    );
    expect(found.jobs.map(({ state: { id } }) => id)).toEqual(['e', 'd']);
  });

  test('about the owner gives nobody somebody else’s job', async () => {
    const foreign = { ...at(1, 'foreign'), payload: payload({ owner: 'bert' }) };
    const found = await readPage(
      'anna',
      { first: 3, after: undefined, status: undefined, search: undefined },
      {
        index: indexOf([{ ...foreign, payload: payload() }]),
        read: reading([foreign]),
        correct: () => Promise.resolve(),
      },
    );
    expect(found.jobs).toEqual([]);
  });
});

describe('a request that cannot be answered', () => {
  test.each([0, -1, 101])('says what it may be: first %i', async (first) => {
    await expect(page(FIVE, { first })).rejects.toThrow(`Expected 'first' from 1 to 100, and ${first} came.`);
  });

  test.each(['', 'x', '!!!', Buffer.from('2026 sr-1').toString('base64url')])(
    'says so of a cursor that is none: %j',
    async (after) => {
      const thrown: unknown = await page(FIVE, { after }).catch((error: unknown) => error);
      expect(thrown).toBeInstanceOf(CodedError);
      expect(thrown).toMatchObject({
        code: 'BAD_USER_INPUT',
        message: expect.stringContaining(`'${after}'`) as string,
      });
    },
  );
});
