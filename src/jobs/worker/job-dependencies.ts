import type { Runner } from '../../inference/runner.js';
import type { ObjectStore } from '../../storage/object-store.js';
import type { DecodedImageCache } from './decoded-image-cache.js';
import type { PaceMeter } from '../shared/pace.js';

/** The parts of the house that super resolution needs. */
export interface JobDependencies {
  readonly runner: Runner;
  readonly store: ObjectStore;
  readonly images: DecodedImageCache;
  /** A folder for pictures that are too large to hold. */
  readonly scratchDir: string;
  /** Told how long things took, for estimates. */
  readonly pace?: Pick<PaceMeter, 'tile' | 'encoding'>;
  /** Told of every tile that was computed, for the log: `left_top_width_height`, in input pixels. */
  readonly onTile?: (jobId: string, tile: string) => void;
}
