/**
 * Estimates how long a thread will be busy. The scheduler corrects the scale by what it sees; what has to be right is
 * the proportion between small and large requests. All estimates are milliseconds.
 */
import { pixelsOf, type Size } from '../imaging/picture.js';
import type { PreparedModel } from '../registry/prepared-model.js';

/** Measured on one modest core: a JPEG takes about so long to decode, or to encode again. */
const DECODE_MS_PER_MEGAPIXEL = 12;
const ENCODE_MS_PER_MEGAPIXEL = 25;

/** To decode an image. */
export function decodeCost(displayed: Size): number {
  return 1 + (DECODE_MS_PER_MEGAPIXEL * pixelsOf(displayed)) / 1e6;
}

/** To encode an image. */
export function encodeCost(size: Size): number {
  return 1 + (ENCODE_MS_PER_MEGAPIXEL * pixelsOf(size)) / 1e6;
}

/**
 * To enlarge one tile.
 * @param alpha whether it has an alpha channel, for which the network runs a second time
 */
export function tileCost(model: PreparedModel, tile: Size, alpha: boolean): number {
  const runs = alpha ? 2 : 1;
  return 1 + (runs * model.cost.megapixel * pixelsOf(tile)) / 1e6;
}
