import { pixelsOf, type Size } from './picture.js';

const MAX_PIXELS = 1_000_000;
/** A line of pixels has few of them as well, and costs much to bring into another shape. */
const MAX_SIDE = 4096;

/**
 * Whether a picture is best decoded whole and reduced afterwards. A larger one is cheaper to have shrunk while it is
 * decoded.
 */
export function isSmall(size: Size): boolean {
  return pixelsOf(size) <= MAX_PIXELS && Math.max(size.width, size.height) <= MAX_SIDE;
}
