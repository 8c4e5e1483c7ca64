/** Sizes as people say them: in messages of the service, on the command line and in the page. */

type Rounding = (value: number) => number;

/**
 * Bytes: 57 kB, 4.2 MB.
 * @param round down for a limit, up for what is beyond one: then the two never look alike
 */
export function bytesInWords(bytes: number, round: Rounding = Math.round): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1e6) return `${round(bytes / 1000)} kB`;
  return `${round(bytes / 1e5) / 10} MB`;
}

/**
 * Pixels: 4 megapixels, 0.3 megapixels, 50,000 pixels.
 * @param round as of bytes
 */
export function pixelsInWords(pixels: number, round: Rounding = Math.round): string {
  if (pixels < 1e5) return `${pixels.toLocaleString('en')} pixels`;
  const tenths = round(pixels / 1e5);
  return `${tenths / 10} ${tenths === 10 ? 'megapixel' : 'megapixels'}`;
}
