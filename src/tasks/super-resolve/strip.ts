import { decode } from '../../imaging/codec/decode.js';
import type { Picture } from '../../imaging/picture.js';
import { paste, scaledBy } from '../../imaging/tiles.js';
import type { FinishedTile } from './preview.js';

/**
 * Joins the finished tiles of one row of tiles.
 * @param tiles their cores stand side by side from the picture's left edge to its right one
 * @param factor how many times wider and higher than its core a tile is
 */
export async function joinStrip(
  tiles: readonly FinishedTile[],
  factor: number,
): Promise<{ strip: Picture; top: number }> {
  const [first] = tiles;
  const cores = tiles.map(({ core }) => core);
  const size = {
    width: cores.reduce((sum, { width }) => sum + width, 0) * factor,
    height: (first?.core.height ?? 0) * factor,
  };
  const strip: Picture = { ...size, channels: 3, pixels: new Uint8Array(size.width * size.height * 3) };
  for (const { png, core } of tiles) {
    const place = { ...scaledBy(core, factor), top: 0 };
    paste((await decode(png, place)).pixels, place, strip.pixels, strip);
  }
  return { strip, top: (first?.core.top ?? 0) * factor };
}
