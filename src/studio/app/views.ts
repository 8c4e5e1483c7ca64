/** The views of the page, in the order of their tabs. */
export const VIEWS = [
  { id: 'classify', title: 'Classify' },
  { id: 'road', title: 'Road' },
  { id: 'detect', title: 'Detect' },
  { id: 'super-resolution', title: 'Super resolution' },
  { id: 'together', title: 'All at once' },
  { id: 'jobs', title: 'Jobs' },
  { id: 'models', title: 'Models' },
] as const;

export type ViewId = (typeof VIEWS)[number]['id'];

/** The view that an address names (`#road`), the first one when it names none. */
export function viewOf(hash: string): ViewId {
  const [name] = hash.split('/');
  return VIEWS.find(({ id }) => `#${id}` === name)?.id ?? VIEWS[0].id;
}

/** The super resolution job that an address names (`#super-resolution/sr-12ab`). */
export function jobOf(hash: string): string | undefined {
  return /^#super-resolution\/(sr-[\w-]+)$/.exec(hash)?.[1];
}

/** Where a view is found again, and in it a job. */
export function hashOf(view: ViewId, job: string | undefined): string {
  return view === 'super-resolution' && job !== undefined ? `#${view}/${job}` : `#${view}`;
}

/** What the window is called while a view is in front. */
export function documentTitle(view: ViewId): string {
  return `${VIEWS.find(({ id }) => id === view)?.title ?? ''} · Okulo`;
}
