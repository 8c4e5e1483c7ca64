import { BAKED } from '../../convert/bake/names.js';
import { decode } from '../../imaging/codec/decode.js';
import type { Picture, Region, Size } from '../../imaging/picture.js';
import { pixelTensor, take, type Network } from '../../imaging/tensor.js';
import { cut, paste, scaledBy, type Tile } from '../../imaging/tiles.js';

/** RGB pixels in memory that all threads of a process share, so that tiles are cut and pasted without a copy of the whole. */
export interface SharedPicture extends Size {
  readonly pixels: SharedArrayBuffer;
}

/** Decodes an image into shared memory. */
export async function openShared(bytes: Uint8Array, displayed: Size): Promise<SharedPicture> {
  const { pixels } = await decode(bytes, displayed);
  const shared = blankShared(displayed);
  view(shared).set(pixels);
  return shared;
}

/** A black picture in shared memory. */
export function blankShared({ width, height }: Size): SharedPicture {
  return { width, height, pixels: new SharedArrayBuffer(width * height * 3) };
}

/** A shared picture as other code knows pictures; nothing is copied. */
export function pictureOf(shared: SharedPicture): Picture {
  return { width: shared.width, height: shared.height, channels: 3, pixels: view(shared) };
}

/**
 * Enlarges one tile.
 * @param factor how many times wider and higher the network makes a picture
 * @param target where the tile's core is pasted, unless null
 * @returns the tile's core
 */
export async function upscaleTile(
  source: SharedPicture,
  tile: Tile,
  network: Network,
  factor: number,
  target: SharedPicture | null,
): Promise<Picture> {
  const { padded, core } = tile;
  const pixels = pixelTensor({ ...padded, pixels: cut(view(source), source, padded) });
  const outputs = await network.run({ [BAKED.pixels]: pixels });
  const upscaled = take(outputs, BAKED.upscaled, 'uint8').data;
  const within = { ...core, left: core.left - padded.left, top: core.top - padded.top };
  const done = cut(upscaled, scaledBy(padded, factor), scaledBy(within, factor));
  const place = scaledBy(core, factor);
  if (target) paste(done, place, view(target), target);
  return { width: place.width, height: place.height, channels: 3, pixels: done };
}

/** Pastes a tile that was kept from an earlier attempt. */
export async function restoreTile(
  png: Uint8Array,
  core: Region,
  factor: number,
  target: SharedPicture,
): Promise<void> {
  const place = scaledBy(core, factor);
  const { pixels } = await decode(png, place);
  paste(pixels, place, view(target), target);
}

function view({ pixels }: SharedPicture): Uint8Array {
  return new Uint8Array(pixels);
}
