import { CodedError, shortened } from '../errors.js';
import { folded } from './job-name.js';
import type { JobState, JobStatus } from './job-state.js';

export interface PageRequest {
  /** 1..100 */
  readonly first: number;
  /** The cursor of the job before the page. */
  readonly after: string | undefined;
  readonly status: JobStatus | undefined;
  /** A part of the name, in any case. */
  readonly search: string | undefined;
}

export interface JobPage {
  readonly jobs: readonly { readonly cursor: string; readonly state: JobState }[];
  readonly hasNextPage: boolean;
  /** Whether there are jobs before the page, newer ones. */
  readonly hasPreviousPage: boolean;
  /** Of all jobs with the status, on every page. */
  readonly totalCount: number;
}

/**
 * Cuts a page out of jobs in any order: newest first, those of one moment by id, so that the order never changes.
 * @throws CodedError BAD_USER_INPUT for a page size or cursor that cannot be
 */
export function pageOf(jobs: readonly JobState[], { first, after, status, search }: PageRequest): JobPage {
  if (first < 1 || first > 100) {
    throw new CodedError('BAD_USER_INPUT', `Expected 'first' from 1 to 100, and ${first} came.`);
  }
  const sorted = jobs
    .filter((state) => status === undefined || state.status === status)
    .filter(({ payload }) => search === undefined || folded(payload.name ?? '').includes(folded(search)))
    .map((state) => ({ cursor: cursorOf(state), place: placeOf(state), state }))
    .sort((a, b) => (a.place < b.place ? 1 : -1));
  const behind = after === undefined ? undefined : readCursor(after);
  const rest = behind === undefined ? sorted : sorted.filter(({ place }) => place < behind);
  const page = rest.slice(0, first);
  return {
    jobs: page,
    hasNextPage: rest.length > page.length,
    hasPreviousPage: rest.length < sorted.length,
    totalCount: sorted.length,
  };
}

function placeOf({ createdAt, id }: JobState): string {
  return `${createdAt.toISOString()} ${id}`;
}

function cursorOf(state: JobState): string {
  return Buffer.from(placeOf(state)).toString('base64url');
}

const LONGEST_CURSOR = 200;

function readCursor(cursor: string): string {
  // A longer one is none of ours, and not worth decoding.
  const place = cursor.length <= LONGEST_CURSOR ? Buffer.from(cursor, 'base64url').toString() : '';
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z \S+$/.test(place)) return place;
  throw new CodedError(
    'BAD_USER_INPUT',
    `Expected 'after' to be a cursor of an earlier page, and '${shortened(cursor)}' came.`,
  );
}
