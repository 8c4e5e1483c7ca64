import { BAKED } from '../../convert/bake/names.js';
import { superResolution } from '../../convert/parsers/super-resolution.js';
import { colourOf, greyOf, hasAlpha, withAlpha } from '../../imaging/channels.js';
import { decodeLosslessly } from '../../imaging/codec/decode.js';
import type { Channels, Picture, Region } from '../../imaging/picture.js';
import { pixelTensor, type Network } from '../../imaging/tensor.js';
import { cut, paste, scaledBy, type Tile } from '../../imaging/tiles.js';
import { enlargeAlpha } from './alpha.js';
import { pictureOf, type SharedPicture } from './shared-picture.js';

/**
 * Enlarges one tile. The network sees RGB, and so does a grey picture's tile; what it makes of the three channels
 * is not quite the same, and their mean becomes the result's one.
 * @param factor how many times wider and higher the network makes a picture
 * @param target where the tile's core is pasted, unless null; it has as many channels as the source
 * @returns the tile's core
 */
export async function upscaleTile(
  source: SharedPicture,
  { padded, core }: Tile,
  network: Network,
  factor: number,
  target: SharedPicture | null,
): Promise<Picture> {
  const picture = pictureOf(source);
  const part = cut(picture, padded);
  const within = { ...core, left: core.left - padded.left, top: core.top - padded.top };
  const enlarge = async (rgb: Picture): Promise<Picture> => {
    const outputs = await network.run({ [BAKED.pixels]: pixelTensor(rgb) });
    return cut(superResolution.decode(outputs), scaledBy(within, factor));
  };
  const rgb = await enlarge(colourOf(part));
  const colour = source.channels <= 2 ? greyOf(rgb) : rgb;
  const done = hasAlpha(source.channels)
    ? withAlpha(colour, await enlargeAlpha(picture, part, core, factor, enlarge))
    : colour;
  if (target) paste(done.pixels, scaledBy(core, factor), pictureOf(target));
  return done;
}

/** Pastes a tile that was kept from an earlier attempt. */
export async function restoreTile(
  png: Uint8Array,
  core: Region,
  factor: number,
  target: SharedPicture,
): Promise<void> {
  const { pixels } = await openTile(png, target.channels);
  paste(pixels, scaledBy(core, factor), pictureOf(target));
}

/**
 * Reads a tile that was kept.
 * @throws Error when it does not have as many channels as the picture that it is a part of
 */
export async function openTile(png: Uint8Array, channels: Channels): Promise<Picture> {
  const tile = await decodeLosslessly(png);
  if (tile.channels === channels) return tile;
  throw new Error(`Expected a tile of ${channels} channels, and it has ${tile.channels}`);
}
