import type { ImageInfo } from './image-info.js';
import type { Publisher } from './publisher.js';
import type { SharedTimes } from './timing.js';

/** What all results that come from one request's image have in common. */
export interface Answering {
  readonly image: ImageInfo;
  readonly times: SharedTimes;
  readonly publisher: Publisher;
}
