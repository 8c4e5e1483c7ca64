import { CodedError, shortened } from '../errors.js';
import type { Catalog } from './catalog.js';

export interface ModelDownloadsOptions {
  readonly catalog: Catalog;
  /** Fetches and prepares a model, and has it served; at once it is PREPARING. */
  readonly prepare: (id: string) => Promise<void>;
  /** Why this service fetches nothing, with what to do about it; undefined where it does. */
  readonly refusal: string | undefined;
  /** Told of defects; what keeps a model from being ready is told by the model. */
  readonly onError: (error: unknown) => void;
}

/** Fetches models while the service runs. */
export class ModelDownloads {
  readonly #options: ModelDownloadsOptions;

  constructor(options: ModelDownloadsOptions) {
    this.#options = options;
  }

  /**
   * Begins to fetch and prepare a model, unless it is ready or that has begun. Several are fetched one after the other.
   * @throws CodedError MODEL_NOT_FOUND, MODEL_UNAVAILABLE
   */
  start(id: string): void {
    const { catalog, prepare, refusal, onError } = this.#options;
    const known = catalog.find(id);
    if (!known) {
      throw new CodedError(
        'MODEL_NOT_FOUND',
        `There is no model '${shortened(id)}'. Query models for the known ones.`,
      );
    }
    if (known.availability.status !== 'UNAVAILABLE') return;
    if (refusal !== undefined) throw new CodedError('MODEL_UNAVAILABLE', refusal);
    prepare(id).catch(onError);
  }
}
