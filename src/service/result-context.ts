import type { Publisher } from './publisher.js';

/** A picture as it came. */
export interface ImageFacts {
  /** Pixels, as displayed. */
  readonly width: number;
  readonly height: number;
  /** Its file format in lower case, like jpeg. */
  readonly format: string;
  /** The size of its file. */
  readonly bytes: number;
  /** Of its file, in lower-case hex. */
  readonly sha256: string;
}

/** Milliseconds that all results of one request share. */
export interface SharedTimes {
  /** Until the whole picture had come. */
  readonly receive: number;
  /** Waiting for a free thread. */
  readonly queue: number;
}

/** What all results that come from one request's image have in common. */
export interface ResultContext {
  readonly image: ImageFacts;
  readonly times: SharedTimes;
  readonly publisher: Publisher;
}
