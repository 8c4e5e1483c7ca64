import type { Tile } from '../../imaging/tiles.js';
import type { ObjectStore } from '../../storage/object-store.js';
import { keysOf, type JobPayload } from './contract.js';

/** The tiles of a job that are in storage, whoever put them there. */
export async function finishedTiles(
  jobId: string,
  payload: JobPayload,
  store: Pick<ObjectStore, 'list'>,
): Promise<{ readonly has: (tile: Tile) => boolean }> {
  const keys = keysOf(jobId, payload);
  const found = new Set<string>();
  for await (const key of store.list(keys.tiles)) found.add(key);
  return { has: ({ core }) => found.has(keys.tile(core)) };
}
