import { hasAlpha } from '../../imaging/channels.js';
import type { Tile } from '../../imaging/tiles.js';
import { tileCost } from '../../tasks/cost-estimate.js';
import type { PreparedModel } from '../../registry/prepared-model.js';
import { keysOf, tileName, type ChunkProgress, type JobPayload } from '../shared/contract.js';
import { inSpan } from '../../observability/tracing.js';
import { finishedTiles } from '../shared/finished-tiles.js';
import type { JobDependencies } from './job-dependencies.js';

/**
 * Enlarges some tiles of a job and stores them. Those that are stored already are not done again.
 * @param tiles with how many of them were finished when they were queued: what is reported comes on top
 * @param signal lets go of them before the next tile
 * @throws CodedError for what no other attempt would change; other errors are worth one
 */
export async function upscaleChunk(
  jobId: string,
  payload: JobPayload,
  { tiles, finished: before }: { readonly tiles: readonly Tile[]; readonly finished: number },
  model: PreparedModel,
  { runner, store, images, pace, onTile }: JobDependencies,
  report: (progress: ChunkProgress) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const keys = keysOf(jobId, payload);
  const finished = await finishedTiles(jobId, payload, store);
  const left = tiles.filter((tile) => !finished.has(tile));
  let tilesDone = tiles.length - left.length - before;
  if (tilesDone > 0) await report({ tilesDone });
  if (left.length === 0) return;
  const source = await images.open(payload);
  for (const tile of left) {
    signal.throwIfAborted();
    const ask = { model, source, tile, target: null, keep: true };
    const work = tileCost(model, tile.padded, hasAlpha(source.channels));
    const {
      result: png,
      took,
      waited,
    } = await inSpan('tile', { 'okulo.tile': tileName(tile.core), 'okulo.model': model.id }, () =>
      runner.run('upscaleTile', ask, { work, signal }),
    );
    pace?.tile(payload, work, took);
    if (!png) throw new Error('A tile that is to be kept comes as a file');
    await store.put(keys.tile(tile.core), png);
    onTile?.(jobId, { name: tileName(tile.core), model: model.id, waited, took });
    tilesDone += 1;
    await report({ tilesDone });
  }
}
