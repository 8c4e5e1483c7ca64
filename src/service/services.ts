import type { Runner } from '../inference/runner.js';
import type { SuperResolutionJobs } from '../jobs/api/super-resolution-jobs.js';
import type { Catalog } from '../registry/catalog.js';
import type { ObjectStore } from '../storage/object-store.js';
import type { StageTimes } from '../tasks/stopwatch.js';
import type { Publisher } from './publisher.js';
import type { SharedTimes } from './result-context.js';

/** What the resolvers work with; made once, where the process is put together. */
export interface Services {
  readonly catalog: Catalog;
  readonly runner: Runner;
  readonly jobs: SuperResolutionJobs;
  readonly store: ObjectStore;
  /** Fetches models; throws CodedError where it may not. */
  readonly downloads: { readonly start: (id: string) => void };
  readonly publisher: Publisher;
  /** Downloads an image that a client points to; throws CodedError. */
  readonly fetchImage: (url: URL, signal: AbortSignal) => Promise<Uint8Array>;
  /** Told where the time of a model's results went. */
  readonly onStages?: (model: string, times: SharedTimes & StageTimes) => void;
  readonly limits: {
    readonly uploadBytes: number;
    readonly imagePixels: number;
    readonly superResolutionPixels: number;
  };
}

/** What a resolver knows of its request. */
export interface Context {
  readonly services: Services;
  /** Who owns the jobs that are made and seen. */
  readonly owner: string;
  /** Whether they may change what all owners share: fetch models. */
  readonly isAdmin: boolean;
  /** Aborts when the client has gone or its time is up. */
  readonly signal: AbortSignal;
}
