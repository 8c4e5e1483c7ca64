/**
 * Colours for pixels that show none. Under transparent pixels a file may hold any colour, and whatever looks at
 * several pixels at once, as a network does, mixes it into what is seen beside them: a fringe. Here such pixels
 * get the colour of the visible ones around them, from a pyramid of smaller and smaller pictures.
 */
import { channelOf, colourOf } from './channels.js';
import type { Picture, Size } from './picture.js';

interface Level extends Size {
  /** RGB, 0..255. */
  readonly colours: Uint8Array;
  /** 0..255, with fractions: one opaque pixel among a million transparent ones must still be seen. */
  readonly alpha: Float32Array;
}

/**
 * Lets colours run into the transparent parts of a picture.
 * @param picture with an alpha channel
 * @returns the same size, RGB. Opaque pixels have their own colours; the less a pixel shows beside its
 *   neighbours, the more it takes on their colour. All black where nothing shows at all
 */
export function bleed(picture: Picture): Picture {
  const { width, height, channels } = picture;
  const alpha = Float32Array.from(channelOf(picture, channels - 1).pixels);
  const colours = spread({ width, height, colours: colourOf(picture).pixels, alpha });
  return { width, height, channels: 3, pixels: colours };
}

function spread(level: Level): Uint8Array {
  if (level.width === 1 && level.height === 1) return level.colours;
  const half = halved(level);
  return filled(level, half, spread(half));
}

/** Means of two by two pixels; each colour counts as much as it shows. */
function halved({ width, height, colours, alpha }: Level): Level {
  const size = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const half = {
    ...size,
    colours: new Uint8Array(size.width * size.height * 3),
    alpha: new Float32Array(size.width * size.height),
  };
  let to = 0;
  for (let top = 0; top < height; top += 2) {
    const bottom = Math.min(top + 2, height);
    for (let left = 0; left < width; left += 2, to += 1) {
      const right = Math.min(left + 2, width);
      let red = 0;
      let green = 0;
      let blue = 0;
      let shown = 0;
      for (let row = top; row < bottom; row += 1) {
        for (let from = row * width + left; from < row * width + right; from += 1) {
          const weight = alpha[from] ?? 0;
          red += weight * (colours[from * 3] ?? 0);
          green += weight * (colours[from * 3 + 1] ?? 0);
          blue += weight * (colours[from * 3 + 2] ?? 0);
          shown += weight;
        }
      }
      if (shown === 0) continue;
      half.colours[to * 3] = Math.round(red / shown);
      half.colours[to * 3 + 1] = Math.round(green / shown);
      half.colours[to * 3 + 2] = Math.round(blue / shown);
      half.alpha[to] = shown / ((bottom - top) * (right - left));
    }
  }
  return half;
}

/** Mixes each pixel's colour with what half the picture shows in its place, by linear interpolation. */
function filled({ width, height, colours, alpha }: Level, half: Size, around: Uint8Array): Uint8Array {
  const result = colours.slice();
  const [columns, rows] = [others(width, half.width), others(height, half.height)];
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    const nearRow = (y >> 1) * half.width;
    const otherRow = (rows[y] ?? 0) * half.width;
    for (let x = 0; x < width; x += 1, at += 1) {
      const shown = alpha[at] ?? 0;
      if (shown === 255) continue;
      const own = shown === 0 ? 0 : confidence(shown, alpha, x, y, width, height);
      if (own === 1) continue;
      const near = x >> 1;
      const other = columns[x] ?? 0;
      const nearest = (nearRow + near) * 3;
      const beside = (nearRow + other) * 3;
      const above = (otherRow + near) * 3;
      const across = (otherRow + other) * 3;
      for (let channel = 0; channel < 3; channel += 1) {
        const mixed =
          0.5625 * (around[nearest + channel] ?? 0) +
          0.1875 * ((around[beside + channel] ?? 0) + (around[above + channel] ?? 0)) +
          0.0625 * (around[across + channel] ?? 0);
        const colour = colours[at * 3 + channel] ?? 0;
        result[at * 3 + channel] = Math.round(mixed + own * (colour - mixed));
      }
    }
  }
  return result;
}

/** For each place in a row of pixels, the second nearest in half as many: it is three times as far as the nearest. */
function others(length: number, half: number): Int32Array {
  return Int32Array.from({ length }, (_, place) => {
    const other = (place >> 1) + (place % 2 === 0 ? -1 : 1);
    return Math.min(Math.max(other, 0), half - 1);
  });
}

/**
 * How far a pixel's own colour is to be trusted, 0..1: by how much it shows, beside the one around it that shows
 * most. An evenly translucent picture so keeps all its colours. The root was best by PSNR; see docs/decisions/0019.
 */
function confidence(
  shown: number,
  alpha: Float32Array,
  x: number,
  y: number,
  width: number,
  height: number,
): number {
  let max = shown;
  for (let row = Math.max(y - 1, 0); row <= Math.min(y + 1, height - 1); row += 1) {
    for (let column = Math.max(x - 1, 0); column <= Math.min(x + 1, width - 1); column += 1) {
      max = Math.max(max, alpha[row * width + column] ?? 0);
    }
  }
  return Math.sqrt(shown / max);
}
