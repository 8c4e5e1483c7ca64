import { MODEL_CACHE } from '../kit/service-folders.js';
import { TILE_EDGE } from './job-mix.js';

/** The configuration that all processes of a run share. */
export function environmentOf(dataDir: string, port: number): NodeJS.ProcessEnv {
  return {
    PORT: String(port),
    DATA_DIR: dataDir,
    MODEL_CACHE,
    MODEL_DOWNLOADS: 'off',
    INFERENCE_THREADS: '1',
    SUPER_RESOLUTION_THREADS: '1',
    SUPER_RESOLUTION_TILE: String(TILE_EDGE),
  };
}
