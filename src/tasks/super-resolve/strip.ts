import type { Channels, Picture } from '../../imaging/picture.js';
import { paste, scaledBy } from '../../imaging/tiles.js';
import type { FinishedTile } from './preview.js';
import { openTile } from './tile.js';

/**
 * Joins the finished tiles of one row of tiles.
 * @param tiles their cores stand side by side from the picture's left edge to its right one
 * @param factor how many times wider and higher than its core a tile is
 */
export async function joinStrip(
  tiles: readonly FinishedTile[],
  factor: number,
  channels: Channels,
): Promise<{ strip: Picture; top: number }> {
  const [first] = tiles;
  const width = tiles.reduce((sum, { core }) => sum + core.width, 0) * factor;
  const height = (first?.core.height ?? 0) * factor;
  const strip: Picture = { width, height, channels, pixels: new Uint8Array(width * height * channels) };
  for (const { png, core } of tiles) {
    const { pixels } = await openTile(png, channels);
    paste(pixels, { ...scaledBy(core, factor), top: 0 }, strip);
  }
  return { strip, top: (first?.core.top ?? 0) * factor };
}
