import { channelOf, colourOf, greyOf } from '../../imaging/channels.js';
import type { Picture, Region } from '../../imaging/picture.js';

/** Pixels around one whose alpha must be the same for it to stay what it is. */
const EVEN_WITHIN = 2;

/**
 * Enlarges the alpha of one tile, by the network that enlarges its colours: that keeps outlines as sharp as what
 * they enclose. Where alpha is even it stays exactly so: opaque parts must not become a little transparent.
 * @param source the whole picture; alpha is its last channel
 * @param part the tile, with what the network needs to see around it
 * @param core the tile's place in the source
 * @param enlarge gives the core of an RGB picture of the part's size, enlarged
 * @returns a value for each pixel of the core, enlarged
 */
export async function enlargeAlpha(
  source: Picture,
  part: Picture,
  core: Region,
  factor: number,
  enlarge: (rgb: Picture) => Promise<Picture>,
): Promise<Uint8Array> {
  const alpha = channelOf(part, part.channels - 1);
  const first = alpha.pixels[0] ?? 0;
  if (alpha.pixels.every((value) => value === first)) {
    return new Uint8Array(core.width * core.height * factor * factor).fill(first);
  }
  const superResolved = greyOf(await enlarge(colourOf(alpha)));
  keepEven(superResolved, source, core, factor);
  return superResolved.pixels;
}

function keepEven(superResolved: Picture, source: Picture, core: Region, factor: number): void {
  for (let y = 0; y < core.height; y += 1) {
    for (let x = 0; x < core.width; x += 1) {
      const alpha = evenAlpha(source, core.left + x, core.top + y);
      if (alpha === null) continue;
      for (let row = y * factor; row < (y + 1) * factor; row += 1) {
        const start = row * superResolved.width + x * factor;
        superResolved.pixels.fill(alpha, start, start + factor);
      }
    }
  }
}

/** The alpha of a pixel and of all around it; null where they differ. */
function evenAlpha({ pixels, width, height, channels }: Picture, x: number, y: number): number | null {
  const at = (column: number, row: number) => pixels[(row * width + column + 1) * channels - 1] ?? 0;
  const alpha = at(x, y);
  for (let row = Math.max(y - EVEN_WITHIN, 0); row <= Math.min(y + EVEN_WITHIN, height - 1); row += 1) {
    for (
      let column = Math.max(x - EVEN_WITHIN, 0);
      column <= Math.min(x + EVEN_WITHIN, width - 1);
      column += 1
    ) {
      if (at(column, row) !== alpha) return null;
    }
  }
  return alpha;
}
