import { VIEWS, type ViewId } from './views.js';

/** Where somebody is in the page. Each place that was gone to is an entry of the browser's history. */
export interface Place {
  readonly view: ViewId;
  /** The model that was chosen in the view; its task's default without one. */
  readonly model?: string;
  /** The super resolution job that is looked at. */
  readonly job?: string;
  /** The picture on the page, by its id. */
  readonly picture?: string;
  /** What the job enlarges, by its id, where this page knows it. */
  readonly jobPicture?: string;
  /** The pictures that were chosen together, by their ids, where they are several. */
  readonly strip?: readonly string[];
}

/** What of a place no address tells. */
type Pictures = Pick<Place, 'picture' | 'jobPicture' | 'strip'>;

/** What views were called in addresses that may be kept somewhere. */
const RENAMED: ReadonlyMap<string, ViewId> = new Map([['together', 'analyze']]);

const JOB = /^sr-[0-9a-z-]+$/;
const MODEL = /^[a-z0-9][a-z0-9.-]{0,63}$/;

/**
 * The place that an address and an entry of the history tell: `#detect/yolox-nano`, `#super-resolution/sr-12ab`.
 * What they do not tell is left out, and an unknown view is the first one.
 */
export function placeIn(hash: string, state: unknown): Place {
  const [name, rest = ''] = hash.replace(/^#/, '').split('/');
  const view = VIEWS.find(({ id }) => id === name)?.id ?? RENAMED.get(name ?? '') ?? VIEWS[0].id;
  const isJob = view === 'super-resolution' && JOB.test(rest);
  return {
    view,
    ...(isJob && { job: rest }),
    ...(!isJob && MODEL.test(rest) && { model: rest }),
    ...picturesIn(state),
  };
}

/** The address of a place within the page. */
export function hashOf({ view, model, job }: Omit<Place, keyof Pictures>): string {
  const inside = view === 'super-resolution' ? (job ?? model) : model;
  return inside === undefined ? `#${view}` : `#${view}/${inside}`;
}

/** What of a place no address tells, for the entry of the history. */
export function stateOf({ picture, jobPicture, strip }: Place): Pictures {
  return {
    ...(picture !== undefined && { picture }),
    ...(jobPicture !== undefined && { jobPicture }),
    ...(strip !== undefined && { strip }),
  };
}

/** Whether two places have one address and show the same pictures. */
export function isSamePlace(a: Place, b: Place): boolean {
  return hashOf(a) === hashOf(b) && a.picture === b.picture && a.jobPicture === b.jobPicture;
}

function picturesIn(state: unknown): Pictures {
  if (typeof state !== 'object' || state === null) return {};
  const { picture, jobPicture, strip } = state as Readonly<Record<string, unknown>>;
  return {
    ...(isId(picture) && { picture }),
    ...(isId(jobPicture) && { jobPicture }),
    ...(Array.isArray(strip) && strip.every(isId) && { strip }),
  };
}

function isId(value: unknown): value is string {
  return typeof value === 'string';
}
