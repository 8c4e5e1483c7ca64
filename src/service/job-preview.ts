import { decodeCost, encodeCost } from '../tasks/cost-estimate.js';
import { coreOf, keysOf } from '../jobs/shared/contract.js';
import type { JobState } from '../jobs/shared/job-state.js';
import type { ObjectStore } from '../storage/object-store.js';
import type { FinishedTile } from '../tasks/super-resolve/preview.js';
import type { Context } from './services.js';
import { freshImage, type ImageFile } from './image-file.js';

/** Shows how far a job has come; null before its first tile and when its files are no longer kept. */
export async function jobPreview(state: JobState, { services, signal }: Context): Promise<ImageFile | null> {
  const { input, scale } = state.payload;
  const { store, runner, publisher } = services;
  const tiles = await finishedTiles(state, store);
  const image = tiles.length > 0 ? await store.get(input.key) : undefined;
  if (!image) return null;
  const { result } = await runner.run(
    'preview',
    { image, displayed: { width: input.width, height: input.height }, factor: scale, tiles },
    { work: decodeCost(input) * (1 + tiles.length) + encodeCost(input), signal },
  );
  return freshImage(result, publisher);
}

/** A finished job's tiles are gone, but its result is one tile that covers everything. */
async function finishedTiles({ id, payload, result }: JobState, store: ObjectStore): Promise<FinishedTile[]> {
  if (result) {
    const png = await store.get(result.key);
    const core = { left: 0, top: 0, width: payload.input.width, height: payload.input.height };
    return png ? [{ png, core }] : [];
  }
  const tiles: FinishedTile[] = [];
  for await (const key of store.list(keysOf(id, payload).tiles)) {
    const core = coreOf(key);
    const png = core && (await store.get(key));
    if (png) tiles.push({ png, core });
  }
  return tiles;
}
