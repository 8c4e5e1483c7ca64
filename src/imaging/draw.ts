/** Drawing straight into RGB pixels, in place. */
import { inkOn, type Colour } from './colour.js';
import { GLYPH, glyphsOf } from './glyphs.js';
import type { Picture, Region } from './picture.js';

/** A picture of the same size to draw on, so that the original stays as it is. */
export function copyOf(picture: Picture): Picture {
  return { ...picture, pixels: Uint8Array.from(picture.pixels) };
}

/** Fills a rectangle; what lies outside the picture is left out. */
export function fill(
  { width, height, pixels }: Picture,
  { left, top, ...size }: Region,
  colour: Colour,
): void {
  const right = Math.min(width, left + size.width);
  const bottom = Math.min(height, top + size.height);
  for (let y = Math.max(0, top); y < bottom; y += 1) {
    for (let x = Math.max(0, left); x < right; x += 1) pixels.set(colour, (y * width + x) * 3);
  }
}

/** Draws a rectangle's outline, growing inwards. */
export function outline(picture: Picture, box: Region, colour: Colour, thickness: number): void {
  const { left, top, width, height } = box;
  fill(picture, { left, top, width, height: thickness }, colour);
  fill(picture, { left, top: top + height - thickness, width, height: thickness }, colour);
  fill(picture, { left, top, width: thickness, height }, colour);
  fill(picture, { left: left + width - thickness, top, width: thickness, height }, colour);
}

/** Writes text on a plate of the given colour, moved where it would leave the picture. */
export function plate(
  picture: Picture,
  text: string,
  at: { left: number; top: number },
  colour: Colour,
  scale: number,
): void {
  const glyphs = glyphsOf(text);
  const advance = (GLYPH.width + 1) * scale;
  const width = glyphs.length * advance + scale;
  const height = (GLYPH.height + 2) * scale;
  const left = Math.max(0, Math.min(at.left, picture.width - width));
  const top = Math.max(0, Math.min(at.top, picture.height - height));
  fill(picture, { left, top, width, height }, colour);
  const ink = inkOn(colour);
  glyphs.forEach((rows, index) => {
    rows.forEach((bits, row) => {
      for (let column = 0; column < GLYPH.width; column += 1) {
        if (!((bits >> (GLYPH.width - 1 - column)) & 1)) continue;
        const x = left + scale + index * advance + column * scale;
        fill(picture, { left: x, top: top + (row + 1) * scale, width: scale, height: scale }, ink);
      }
    });
  });
}

/**
 * Paints classes over a picture.
 * @param classes one value for each pixel of the picture
 * @param colours for each class, its colour; null leaves the picture visible
 * @param opacity 0 (invisible) .. 1 (opaque)
 */
export function blend(
  picture: Picture,
  classes: Uint8Array,
  colours: readonly (Colour | null)[],
  opacity: number,
): void {
  const { pixels } = picture;
  for (let index = 0; index < classes.length; index += 1) {
    const colour = colours[classes[index] ?? 0];
    if (!colour) continue;
    for (let channel = 0; channel < 3; channel += 1) {
      const position = index * 3 + channel;
      const value = pixels[position] ?? 0;
      pixels[position] = Math.round(value + ((colour[channel] ?? 0) - value) * opacity);
    }
  }
}
