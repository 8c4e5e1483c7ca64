import { join } from 'node:path';
import type { Region } from '../../imaging/picture.js';
import type { Tile } from '../../imaging/tiles.js';
import { decodeCost, encodeCost } from '../../tasks/cost-estimate.js';
import type { FinishedTile } from '../../tasks/super-resolve/preview.js';
import { keysOf, type JobPayload, type JobResult } from '../shared/contract.js';
import { withScratch } from './scratch.js';
import { encodingWork } from '../shared/pace.js';
import type { JobDependencies } from './job-dependencies.js';

/**
 * Joins a job's finished tiles, a row of tiles at a time, and stores the result: neither the picture nor its
 * file is ever held whole.
 * @param signal lets go of it before the next row
 * @throws Error when a tile is missing: it is worth another attempt, which makes it anew
 */
export async function stitch(
  jobId: string,
  payload: JobPayload,
  tiles: readonly Tile[],
  { runner, store, scratchDir, pace }: Omit<JobDependencies, 'images'>,
  signal: AbortSignal,
): Promise<JobResult> {
  const { input, scale, format } = payload;
  const keys = keysOf(jobId, payload);
  const size = { width: input.width * scale, height: input.height * scale };
  // Of its own: a worker that was taken for dead may still be at it.
  return withScratch(scratchDir, async (folder) => {
    const path = join(folder, 'canvas.tif');
    const [first] = tiles;
    if (!first) throw new Error('A picture has a tile at least');
    const { png: tile } = await fetched(first.core, keys.tile(first.core), store);
    const { result: shape } = await runner.run('startCanvas', { path, size, tile }, { work: 1, signal });
    let took = 0;
    for (const row of rowsOf(tiles)) {
      signal.throwIfAborted();
      const finished = await Promise.all(row.map(({ core }) => fetched(core, keys.tile(core), store)));
      const work = row.reduce((sum, { core }) => sum + decodeCost(core) * scale ** 2, 0);
      const give = finished.map(({ png }) => png);
      const ask = { path, shape, factor: scale, tiles: finished };
      took += (await runner.run('fillCanvas', ask, { work, signal, give })).took;
    }
    const target = join(folder, 'output');
    const ask = { path, shape, format, target };
    const { result: bytes, ...encoded } = await runner.run('encodeCanvas', ask, {
      work: encodeCost(size),
      signal,
    });
    pace?.encoding(payload, true, encodingWork(size, format), took + encoded.took);
    signal.throwIfAborted();
    await store.putFile(keys.output, target);
    return { key: keys.output, bytes, ...size, format };
  });
}

async function fetched(core: Region, key: string, store: JobDependencies['store']): Promise<FinishedTile> {
  const png = await store.get(key);
  if (!png) throw new Error(`The tile ${key} is gone`);
  return { png, core };
}

/** The tiles come row by row, from left to right. */
function rowsOf(tiles: readonly Tile[]): Tile[][] {
  const rows = new Map<number, Tile[]>();
  for (const tile of tiles) rows.set(tile.core.top, [...(rows.get(tile.core.top) ?? []), tile]);
  return [...rows.values()];
}
