/** How a large picture is divided among workers: into chunks of tiles, each a job on a queue of its own. */
import type { Size } from '../../imaging/picture.js';
import { tilesOf, type Tile } from '../../imaging/tiles.js';
import { tileCost } from '../../tasks/cost-estimate.js';
import type { PreparedModel } from '../../registry/prepared-model.js';
import type { JobPayload } from './contract.js';

/** A picture of so many tiles is done by one worker: to divide it would cost more than it saves. */
const MAX_TILES_OF_ONE_WORKER = 8;
/** About a second of work, next to which fetching and decoding the input is little. */
const TILES_PER_CHUNK = 4;
/** A picture's chunks are read one by one to tell its progress. */
const MAX_CHUNKS = 32;

/** Some tiles of a picture, always the same ones under the same index. */
export interface Chunk {
  readonly index: number;
  readonly tiles: readonly Tile[];
}

/** @param reach how far the job's model looks beyond a pixel, in pixels */
export function tilesOfJob(
  { input, tileEdge }: Pick<JobPayload, 'tileEdge'> & { readonly input: Size },
  receptiveFieldRadius: number,
): Tile[] {
  return tilesOf(input, tileEdge, receptiveFieldRadius);
}

/**
 * Estimated milliseconds on one thread for all tiles of a job.
 * @param alpha whether the result is transparent in places, which takes a second run
 */
export function workOfTiles(model: PreparedModel, tiles: readonly Tile[], alpha: boolean): number {
  return Math.round(tiles.reduce((sum, { padded }) => sum + tileCost(model, padded, alpha), 0));
}

/** Whether a picture is divided among workers. */
export function isLarge(tiles: number): boolean {
  return tiles > MAX_TILES_OF_ONE_WORKER;
}

export function chunksOf(tiles: readonly Tile[]): Chunk[] {
  const size = Math.max(TILES_PER_CHUNK, Math.ceil(tiles.length / MAX_CHUNKS));
  return Array.from({ length: Math.ceil(tiles.length / size) }, (_, index) => ({
    index,
    tiles: tiles.slice(index * size, (index + 1) * size),
  }));
}

/** The id of a chunk on its queue. */
export function chunkId(jobId: string, round: number, index: number): string {
  return `${jobId}-${round}-${index}`;
}

/** The job that a chunk's id belongs to; any other id is returned as it is. */
export function jobOfChunk(id: string): string {
  return id.split('-', 2).join('-');
}
