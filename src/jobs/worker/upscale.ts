import { hasAlpha } from '../../imaging/channels.js';
import type { EncodedImage } from '../../imaging/picture.js';
import type { Tile } from '../../imaging/tiles.js';
import { decodeCost, encodeCost, tileCost } from '../../tasks/cost-estimate.js';
import type { PreparedModel } from '../../registry/prepared-model.js';
import { blankShared, type SharedPicture } from '../../tasks/super-resolve/shared-picture.js';
import { keysOf, tileName, type JobPayload, type JobProgress } from '../shared/contract.js';
import { inSpan } from '../../observability/tracing.js';
import { encodingWork } from '../shared/pace.js';
import type { JobDependencies } from './job-dependencies.js';

/** A picture that is done in less is done anew in another attempt: its tiles would cost more than they may save. */
const KEEP_TILES_FROM_MS = 2000;

/**
 * Enlarges the image of a job that one worker does, in memory. Where they take long, tiles are kept as they are done,
 * so that the job can go on where it stopped: in another attempt, or in another process.
 * @param signal lets go of the job before its next tile
 * @throws CodedError for what no other attempt would change; other errors are worth one
 */
export async function upscale(
  jobId: string,
  payload: JobPayload,
  tiles: readonly Tile[],
  model: PreparedModel,
  dependencies: Omit<JobDependencies, 'scratchDir'>,
  report: (progress: JobProgress) => Promise<void>,
  signal: AbortSignal,
): Promise<EncodedImage> {
  const { input, format, scale } = payload;
  const { runner, store, images, keepTilesFrom = KEEP_TILES_FROM_MS, pace, onTile } = dependencies;
  const keys = keysOf(jobId, payload);
  const source = await images.open(payload);
  const output = { width: input.width * scale, height: input.height * scale };
  const target = blankShared({ ...output, channels: source.channels });

  // A picture of one tile is done or not: there is nothing in between worth keeping.
  const keep = tiles.length > 1 && payload.work >= keepTilesFrom;
  const left = keep ? await restore(keys, tiles, scale, target, dependencies) : tiles;
  let tilesDone = tiles.length - left.length;
  // One after the other, beside the work: a network need not wait until the queue has heard of it.
  let reported = Promise.resolve();
  const tell = () => {
    const progress = { tilesDone, tilesTotal: tiles.length };
    reported = reported.then(() => report(progress));
    // Whoever waits for it hears of it; until then it is not an unhandled one.
    reported.catch(() => undefined);
  };
  tell();

  await eachOf(left, runner.threads, async (tile) => {
    signal.throwIfAborted();
    const ask = { model, source, tile, target, keep };
    const work = tileCost(model, tile.padded, hasAlpha(source.channels));
    const {
      result: png,
      took,
      waited,
    } = await inSpan('tile', { 'okulo.tile': tileName(tile.core), 'okulo.model': model.id }, () =>
      runner.run('upscaleTile', ask, { work, signal }),
    );
    pace?.tile(payload, work, took);
    if (png) await store.put(keys.tile(tile.core), png);
    onTile?.(jobId, { name: tileName(tile.core), model: model.id, waited, took });
    tilesDone += 1;
    tell();
  });

  signal.throwIfAborted();
  const encoded = await runner.run(
    'encodeShared',
    { picture: target, format },
    { work: encodeCost(output), signal },
  );
  pace?.encoding(payload, false, encodingWork(output, format), encoded.took);
  await reported;
  return encoded.result;
}

/** Pastes the tiles that an earlier attempt left, and returns those that are still to do. */
async function restore(
  keys: ReturnType<typeof keysOf>,
  tiles: readonly Tile[],
  factor: number,
  target: SharedPicture,
  { runner, store }: Pick<JobDependencies, 'runner' | 'store'>,
): Promise<Tile[]> {
  const missing: Tile[] = [];
  for (const tile of tiles) {
    const { core } = tile;
    const png = await store.get(keys.tile(core));
    if (!png) missing.push(tile);
    else await runner.run('restoreTile', { png, core, factor, target }, { work: decodeCost(core) });
  }
  return missing;
}

/** Works on several items at a time; the first failure ends it once those in hand are through. */
async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  let failed = false;
  const hand = async () => {
    for (const item of queue) {
      if (failed) return;
      await work(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const hands = await Promise.allSettled(Array.from({ length: atOnce }, hand));
  for (const outcome of hands) if (outcome.status === 'rejected') throw outcome.reason;
}
