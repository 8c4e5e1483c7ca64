import type { PublishedModel } from '../convert/bake-model.js';
import type { PreparedModel } from './prepared-model.js';
import type { OnProgress } from './progress.js';

/** What turns model files into models that are known to run. */
export interface ModelBuilder {
  /** Converts a published model and bakes it; on the calling thread, for up to a second, unless given. */
  readonly bake?: (model: PublishedModel) => Uint8Array | Promise<Uint8Array>;
  /** Proves that a model can answer, before anybody is served from it. @throws Error that tells the operator why not */
  readonly verify: (model: PreparedModel) => Promise<void>;
  readonly onProgress?: OnProgress;
}
