import type { Size } from '../../picture.js';

/**
 * Turns stored pixels as an EXIF orientation has them displayed.
 * @param pixels one number each
 * @param orientation 1..8; see https://www.cipa.jp/std/documents/e/DC-X008-Translation-2019-E.pdf, 4.6.4.1.3
 */
export function turn(pixels: Uint32Array, { width, height }: Size, orientation: number): Uint32Array {
  if (orientation === 1) return pixels;
  const sideways = orientation > 4;
  const columns = sideways ? height : width;
  const rows = sideways ? width : height;
  // Where a displayed row begins in the file, and the step to its next pixel and to the next row.
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  const start = (fromRight ? width - 1 : 0) + (fromBottom ? (height - 1) * width : 0);
  const alongWidth = fromRight ? -1 : 1;
  const alongHeight = fromBottom ? -width : width;
  const [step, nextRow] = sideways ? [alongHeight, alongWidth] : [alongWidth, alongHeight];
  const result = new Uint32Array(pixels.length);
  let to = 0;
  for (let row = 0; row < rows; row += 1) {
    let from = start + row * nextRow;
    for (let column = 0; column < columns; column += 1, to += 1, from += step) result[to] = pixels[from] ?? 0;
  }
  return result;
}
