import type { Picture, Size } from './picture.js';

/**
 * For each position along a larger axis, the position along the smaller one that it shows.
 * The mask and the areas come from the same table, so that they agree to the pixel.
 */
function nearest(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to }, (_, index) =>
    Math.min(from - 1, Math.floor(((index + 0.5) * from) / to)),
  );
}

/** Enlarges a map of classes to a picture's size without inventing values between classes. */
export function enlargeClasses(map: Picture, { width, height }: Size): Picture {
  if (map.width === width && map.height === height) return map;
  const columns = nearest(map.width, width);
  const rows = nearest(map.height, height);
  const pixels = new Uint8Array(width * height);
  let previous = -1;
  rows.forEach((row, y) => {
    const start = y * width;
    if (row === previous) {
      pixels.copyWithin(start, start - width, start);
      return;
    }
    const source = row * map.width;
    for (let x = 0; x < width; x += 1) pixels[start + x] = map.pixels[source + (columns[x] ?? 0)] ?? 0;
    previous = row;
  });
  return { width, height, channels: 1, pixels };
}

/**
 * Counts the pixels of each class in the map as `enlargeClasses` would enlarge it, without doing so.
 * @returns one count for each class 0..classes-1
 */
export function countClasses(map: Picture, { width, height }: Size, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  const across = repeats(nearest(map.width, width), map.width);
  const down = repeats(nearest(map.height, height), map.height);
  for (let y = 0; y < map.height; y += 1) {
    const weight = down[y] ?? 0;
    for (let x = 0; x < map.width; x += 1) {
      const value = map.pixels[y * map.width + x] ?? 0;
      counts[value] = (counts[value] ?? 0) + weight * (across[x] ?? 0);
    }
  }
  return counts;
}

function repeats(table: Uint32Array, length: number): Uint32Array {
  const counts = new Uint32Array(length);
  for (const position of table) counts[position] = (counts[position] ?? 0) + 1;
  return counts;
}
