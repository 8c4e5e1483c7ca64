import { CodedError } from '../errors.js';
import { pixelsOf, type EncodedImage, type Size } from '../imaging/picture.js';
import { tilesOf, type Tile } from '../imaging/tiles.js';
import type { Runner } from '../inference/runner.js';
import { decodeWork, encodeWork, tileWork } from '../inference/work.js';
import type { PreparedModel } from '../registry/prepared-model.js';
import type { ObjectStore } from '../storage/object-store.js';
import type { SharedPicture } from '../tasks/super-resolve/tile.js';
import { keys, type JobPayload, type JobProgress } from './contract.js';

/** The parts of the house that a job needs. */
export interface Workshop {
  readonly runner: Runner;
  readonly store: ObjectStore;
  /** The longest side of a tile, in input pixels. */
  readonly tileEdge: number;
}

/**
 * Enlarges a job's image. Tiles are kept as they are done, so that the job can go on where it stopped: in
 * another attempt, or in another process.
 * @param reach how far the model looks beyond a pixel: what tiles overlap by
 * @param signal lets go of the job before its next tile
 * @throws CodedError for what no other attempt would change; other errors are worth one
 */
export async function upscale(
  jobId: string,
  { input, format, scale }: JobPayload,
  model: PreparedModel & { reach: number },
  { runner, store, tileEdge }: Workshop,
  report: (progress: JobProgress) => Promise<void>,
  signal: AbortSignal,
): Promise<EncodedImage> {
  const image = await store.get(input.key);
  if (!image) {
    throw new CodedError(
      'BAD_USER_INPUT',
      'The image of this job is no longer kept. Send it again as a new job.',
    );
  }
  const displayed: Size = { width: input.width, height: input.height };
  const opened = await runner.run(
    'openShared',
    { image, displayed },
    { work: decodeWork(displayed), signal },
  );
  const output = { width: input.width * scale, height: input.height * scale };
  const target: SharedPicture = { ...output, pixels: new SharedArrayBuffer(pixelsOf(output) * 3) };

  const tiles = tilesOf(displayed, tileEdge, model.reach);
  const left = await restore(jobId, tiles, scale, target, runner, store);
  let tilesDone = tiles.length - left.length;
  await report({ tilesDone, tilesTotal: tiles.length });

  // A picture of one tile is done or not: there is nothing in between worth keeping.
  const keep = tiles.length > 1;
  await eachOf(left, runner.threads, async (tile) => {
    signal.throwIfAborted();
    const ask = { model, source: opened.result, tile, target, keep };
    const { result: png } = await runner.run('upscaleTile', ask, {
      work: tileWork(model, tile.padded),
      signal,
    });
    if (png) await store.put(keys.tile(jobId, tile.core), png);
    tilesDone += 1;
    await report({ tilesDone, tilesTotal: tiles.length });
  });

  signal.throwIfAborted();
  const encoded = await runner.run(
    'encodeShared',
    { picture: target, format },
    { work: encodeWork(output), signal },
  );
  return encoded.result;
}

/** Pastes the tiles that an earlier attempt left, and returns those that are still to do. */
async function restore(
  jobId: string,
  tiles: readonly Tile[],
  factor: number,
  target: SharedPicture,
  runner: Runner,
  store: ObjectStore,
): Promise<Tile[]> {
  const missing: Tile[] = [];
  for (const tile of tiles) {
    const png = tiles.length > 1 ? await store.get(keys.tile(jobId, tile.core)) : undefined;
    if (!png) missing.push(tile);
    else
      await runner.run(
        'restoreTile',
        { png, core: tile.core, factor, target },
        { work: decodeWork(tile.core) },
      );
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
