import { CodedError, shortened } from '../../errors.js';
import type { JobIndex, Place } from '../../queue/backend.js';
import { folded } from './job-name.js';
import { JOB_STATUSES, type JobState, type JobStatus } from '../shared/job-state.js';

export interface PageRequest {
  /** 1..100 */
  readonly first: number;
  /** The cursor of the job before the page. */
  readonly after: string | undefined;
  readonly status: JobStatus | undefined;
  /** A part of the name, in any case; only the newest 1,000 jobs are searched. */
  readonly search: string | undefined;
}

export interface JobPage {
  readonly jobs: readonly { readonly cursor: string; readonly state: JobState }[];
  readonly hasNextPage: boolean;
  /** Whether there are jobs before the page, newer ones. */
  readonly hasPreviousPage: boolean;
  /** Of all jobs with the status and the name, on every page. */
  readonly totalCount: number;
}

/** What a page is made of. */
interface Sources {
  readonly index: Pick<JobIndex, 'page' | 'counts'>;
  /** Jobs as they are now, those that are no more left out. */
  readonly read: (ids: readonly string[]) => Promise<ReadonlyMap<string, JobState>>;
  /** Told of a job that is not as the index has it; the index knows better when this resolves. */
  readonly correct: (id: string) => Promise<void>;
}

const MAX_SEARCHED = 1000;
const LONGEST_SEARCH = 255;
/** So often a page is read anew because the index was wrong about some of it. */
const MAX_READINGS = 3;

/**
 * Reads a page of an owner's jobs: newest first, those of one moment by id, so that the order never changes. What it
 * costs depends on the length of the page alone.
 * @throws CodedError BAD_USER_INPUT for a page size or cursor that cannot be
 */
export async function readPage(owner: string, request: PageRequest, sources: Sources): Promise<JobPage> {
  const { first, status, search } = request;
  if (first < 1 || first > 100) {
    throw new CodedError('BAD_USER_INPUT', `Expected 'first' from 1 to 100, and ${first} came.`);
  }
  if (search !== undefined && search.length > LONGEST_SEARCH) {
    throw new CodedError(
      'BAD_USER_INPUT',
      `Expected 'search' to have at most ${LONGEST_SEARCH} characters, and it has ${search.length}.`,
    );
  }
  const after = request.after === undefined ? undefined : readCursor(request.after);
  const look = search === undefined || search === '' ? listed : found(folded(search));
  for (let reading = 1; ; reading += 1) {
    const { places, isNewest, totalCount } = await look(owner, { status, after, first }, sources);
    const wanted = places.slice(0, first);
    const states = await sources.read(wanted.map(({ id }) => id));
    const fits = ({ id }: Place) => {
      const state = states.get(id);
      return state?.payload.owner === owner && (status === undefined || state.status === status);
    };
    const wrong = wanted.filter((place) => !fits(place));
    await Promise.all(wrong.map(({ id }) => sources.correct(id)));
    if (wrong.length > 0 && reading < MAX_READINGS) continue;
    return {
      jobs: wanted.filter(fits).flatMap((place) => {
        const state = states.get(place.id);
        return state ? [{ cursor: cursorOf(place), state }] : [];
      }),
      hasNextPage: places.length > first,
      hasPreviousPage: !isNewest,
      totalCount,
    };
  }
}

interface Looked {
  /** Those of the page, and one more if there are. */
  readonly places: readonly Place[];
  /** Whether nothing is before the page. */
  readonly isNewest: boolean;
  readonly totalCount: number;
}

interface Asked {
  readonly status: JobStatus | undefined;
  readonly after: Place | undefined;
  readonly first: number;
}

async function listed(owner: string, { status, after, first }: Asked, { index }: Sources): Promise<Looked> {
  const [places, [newest], counts] = await Promise.all([
    index.page(owner, { status, after, limit: first + 1 }),
    after === undefined ? [] : index.page(owner, { status, after: undefined, limit: 1 }),
    index.counts(owner, JOB_STATUSES),
  ]);
  const totalCount = status === undefined ? sum(Object.values(counts)) : counts[status];
  return {
    places,
    isNewest: newest === undefined || after === undefined || isBehind(newest, after),
    totalCount,
  };
}

function found(text: string) {
  return async (owner: string, { status, after, first }: Asked, { index }: Sources): Promise<Looked> => {
    const searched = await index.page(owner, { status, after: undefined, limit: MAX_SEARCHED });
    const fitting = searched.filter(({ name }) => name.includes(text));
    const behind = after === undefined ? fitting : fitting.filter((place) => isBehind(place, after));
    return {
      places: behind.slice(0, first + 1),
      isNewest: behind.length === fitting.length,
      totalCount: fitting.length,
    };
  };
}

/** Whether a job comes after another one in the list: it is older. */
function isBehind(place: Place, other: Place): boolean {
  return place.createdAt < other.createdAt || (place.createdAt === other.createdAt && place.id < other.id);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function cursorOf({ createdAt, id }: Place): string {
  return Buffer.from(`${new Date(createdAt).toISOString()} ${id}`).toString('base64url');
}

const LONGEST_CURSOR = 200;

function readCursor(cursor: string): Place {
  // A longer one is none of ours, and not worth decoding.
  const text = cursor.length <= LONGEST_CURSOR ? Buffer.from(cursor, 'base64url').toString() : '';
  const [, time = '', id = ''] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) (\S+)$/.exec(text) ?? [];
  const createdAt = Date.parse(time);
  if (!Number.isNaN(createdAt)) return { createdAt, id };
  throw new CodedError(
    'BAD_USER_INPUT',
    `Expected 'after' to be a cursor of an earlier page, and '${shortened(cursor)}' came.`,
  );
}
