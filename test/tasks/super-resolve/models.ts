import { inject } from 'vitest';
import type { Network } from '../../../src/imaging/tensor.js';
import { scaledBy, tilesOf } from '../../../src/imaging/tiles.js';
import type { Picture } from '../../../src/imaging/picture.js';
import { outputFor } from '../../../src/registry/prepared-model.js';
import { blankShared, openShared, pictureOf } from '../../../src/tasks/super-resolve/shared-picture.js';
import { upscaleTile } from '../../../src/tasks/super-resolve/tile.js';
import type { TestModel } from '../../kit/prepared.js';

/** The nets that are there to be tested: the published one only where it lies beside the project. */
export const SUPER_RESOLVERS = [
  'builtin-superres-x4',
  ...(inject('shared') === null ? [] : (['single-image-super-resolution-1032'] as const)),
] as const;

export const FACTOR = 4;
/** No picture here is larger. */
export const ONE_TILE = 1000;

/** Enlarges an image file as jobs do, but for the queue. */
export async function superResolved(
  file: Uint8Array,
  { prepared, network }: TestModel,
  options: { readonly edge?: number; readonly keepAlpha?: boolean; readonly runs?: Network } = {},
): Promise<Picture> {
  const { edge = ONE_TILE, keepAlpha = true, runs = network } = options;
  const { receptiveFieldRadius } = outputFor('SUPER_RESOLVE', prepared);
  const { width, height } = sizeOfPng(file);
  const source = await openShared(file, { width, height }, keepAlpha);
  const { channels } = source;
  const target = blankShared({ ...scaledBy({ left: 0, top: 0, width, height }, FACTOR), channels });
  for (const tile of tilesOf(source, edge, receptiveFieldRadius))
    await upscaleTile(source, tile, runs, FACTOR, target);
  return pictureOf(target);
}

/** @see https://www.w3.org/TR/png-3/#11IHDR */
function sizeOfPng(file: Uint8Array): { width: number; height: number } {
  const header = new DataView(file.buffer, file.byteOffset, file.byteLength);
  return { width: header.getUint32(16), height: header.getUint32(20) };
}
