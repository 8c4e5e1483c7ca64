import type { Task } from '../../client/operations.js';

/** The views of the page, in the order of their tabs. */
export const VIEWS = [
  { id: 'classify', title: 'Classify' },
  { id: 'road', title: 'Road' },
  { id: 'detect', title: 'Detect' },
  { id: 'super-resolution', title: 'Super resolution' },
  { id: 'analyze', title: 'All at once' },
  { id: 'jobs', title: 'Jobs' },
  { id: 'models', title: 'Models' },
] as const;

/** Where the models of a task are tried; a task may have no view yet. */
export const VIEW_OF_TASK: Readonly<Partial<Record<Task, ViewId>>> = {
  CLASSIFY: 'classify',
  SEGMENT_ROAD: 'road',
  DETECT_OBJECTS: 'detect',
  SUPER_RESOLVE: 'super-resolution',
};

export type ViewId = (typeof VIEWS)[number]['id'];

/** What the window is called while a view is in front. */
export function documentTitle(view: ViewId): string {
  return `${VIEWS.find(({ id }) => id === view)?.title ?? ''} · Okulo`;
}
