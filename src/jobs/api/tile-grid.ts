import { tilesOf } from '../../imaging/tiles.js';
import type { ObjectStore } from '../../storage/object-store.js';
import { finishedTiles } from '../shared/finished-tiles.js';
import type { JobState } from '../shared/job-state.js';

/** The tiles of a picture, in rows from its top left corner. */
export interface TileGrid {
  readonly columns: number;
  readonly rows: number;
  /** The places of the finished ones among all, from 0. */
  readonly done: readonly number[];
}

/** More are not told one by one. */
export const MAX_TILES_TOLD = 5000;

/** The tiles of a job, and which of them are finished; those of a completed one are gone. */
export async function tileGrid(
  { id, payload }: Pick<JobState, 'id' | 'payload'>,
  store: Pick<ObjectStore, 'list'>,
): Promise<TileGrid> {
  const tiles = tilesOf(payload.input, payload.tileEdge, 0);
  const finished = await finishedTiles(id, payload, store);
  const columns = tiles.filter(({ core }) => core.top === 0).length;
  const done = tiles.filter((tile) => finished.has(tile)).map(({ index }) => index);
  return { columns, rows: tiles.length / columns, done: done.slice(0, MAX_TILES_TOLD) };
}
