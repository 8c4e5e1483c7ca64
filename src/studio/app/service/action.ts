import type { Problem } from './problem.js';

/** Something asked of the service, and how far it is. */
export type Action<Data> =
  | { readonly state: 'idle' }
  /** `before` is the answer to the earlier question about the same thing. */
  | { readonly state: 'running'; readonly before?: Data }
  | { readonly state: 'done'; readonly data: Data }
  | { readonly state: 'failed'; readonly problem: Problem };

/** The answer that there is to show: while the next one is awaited, the last one. */
export function answerOf<Data>(action: Action<Data>): Data | undefined {
  switch (action.state) {
    case 'running':
      return action.before;
    case 'done':
      return action.data;
    case 'idle':
    case 'failed':
      return undefined;
  }
}
