/** A size in CSS pixels. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** What is looked at: the window, and the picture as it fits into the middle of it. */
export interface Viewport {
  readonly window: Extent;
  readonly fitted: Extent;
  /** CSS pixels of the fitted picture for each pixel of its file. */
  readonly perPixel: number;
}

/** Where a point (px, py) of the window comes to lie: at (x + k * px, y + k * py). */
export interface Transform {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

/** So large that single pixels can be counted. */
const MAX_PER_PIXEL = 16;
const MIN_MAX_SCALE = 8;

/** The scales that make sense: from where all of it is seen, or each pixel is one, to where pixels are squares. */
export function scalesOf({ perPixel }: Viewport): [min: number, max: number] {
  return [Math.min(1, 1 / perPixel), Math.max(MIN_MAX_SCALE, MAX_PER_PIXEL / perPixel)];
}

/** The offset of a transform, moved so that no edge of the picture comes inside, and a short side is in the middle. */
export function constrained({ k, x, y }: Transform, { window, fitted }: Viewport): { x: number; y: number } {
  return {
    x: within(x, k, fitted.width, window.width),
    y: within(y, k, fitted.height, window.height),
  };
}

function within(offset: number, scale: number, fitted: number, window: number): number {
  const length = fitted * scale;
  const start = (scale * (window - fitted)) / 2;
  if (length <= window) return (window - length) / 2 - start;
  return Math.min(Math.max(offset, window - length - start), 0 - start);
}
