import type { Runner } from '../../inference/runner.js';
import type { ObjectStore } from '../../storage/object-store.js';
import type { DecodedImageCache } from './decoded-image-cache.js';
import type { PaceMeter } from '../shared/pace.js';

/** A tile that was computed just now. */
export interface FinishedTileFacts {
  /** `left_top_width_height`, in input pixels. */
  readonly name: string;
  /** The id of its model. */
  readonly model: string;
  /** Milliseconds that it waited for a thread. */
  readonly waited: number;
  /** Milliseconds in the thread. */
  readonly took: number;
}

/** The parts of the house that super resolution needs. */
export interface JobDependencies {
  readonly runner: Runner;
  readonly store: ObjectStore;
  readonly images: DecodedImageCache;
  /** A folder for pictures that are too large to hold. */
  readonly scratchDir: string;
  /**
   * Tiles of small pictures are kept where all of them take this long, in estimated milliseconds on one thread; two
   * seconds unless given.
   */
  readonly keepTilesFrom?: number;
  /** Told how long things took, for estimates. */
  readonly pace?: Pick<PaceMeter, 'tile' | 'encoding'>;
  /** Told of every tile that was computed. */
  readonly onTile?: (jobId: string, tile: FinishedTileFacts) => void;
}
