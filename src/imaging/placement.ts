import type { Region, Size } from './picture.js';
import type { Resampling } from './resample.js';
import { isSmall } from './small.js';

/**
 * How a picture of any shape fills a network's fixed input: `stretch` ignores the aspect ratio, `cover` crops
 * what is too long, `letterbox` pads to the right and below.
 */
export type Fit = 'stretch' | 'cover' | 'letterbox';

/** Where a picture lies in a network's input. */
export interface Placement {
  /** The whole picture's size after scaling. */
  readonly scaled: Size;
  /** The input, in scaled pixels. */
  readonly frame: Region;
}

/**
 * The longest side that a covering picture is scaled to: libvips goes no further than some tens of millions.
 * Only lines tens of thousands of times longer than wide reach it; they are padded where they do not cover.
 */
const LONGEST_COVER = 10_000_000;

/** Places a picture in an input of the given size. */
export function place(fit: Fit, picture: Size, input: Size): Placement {
  const across = input.width / picture.width;
  const down = input.height / picture.height;
  const at = (scale: number): Size => ({
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  });
  switch (fit) {
    case 'stretch':
      return { scaled: input, frame: { left: 0, top: 0, ...input } };
    case 'letterbox':
      return { scaled: at(Math.min(across, down)), frame: { left: 0, top: 0, ...input } };
    case 'cover': {
      const max = LONGEST_COVER / Math.max(picture.width, picture.height);
      const scaled = at(Math.min(Math.max(across, down), max));
      const left = Math.floor((scaled.width - input.width) / 2);
      const top = Math.floor((scaled.height - input.height) / 2);
      return { scaled, frame: { left, top, ...input } };
    }
  }
}

/**
 * The size to decode a picture to before it is placed: enough for the placement, and never more than the picture
 * has. A large JPEG is shrunk while it is decoded, so that a photo of 12 megapixels costs a classifier little more
 * than its own decoder's time. A small picture is decoded whole: one decode serves all networks.
 */
export function decodeSize({ scaled }: Placement, picture: Size): Size {
  const { width, height } = picture;
  if (isSmall(picture)) return { width, height };
  return { width: Math.min(width, scaled.width), height: Math.min(height, scaled.height) };
}

/** The corners of a box that a network found. */
export interface Corners {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Takes a box from a network's input back to the picture, in pixels (fractions kept), cut at its edges. */
export function fromInput(box: Corners, { scaled, frame }: Placement, picture: Size): Region {
  const x = (value: number) => clamp(((value + frame.left) * picture.width) / scaled.width, picture.width);
  const y = (value: number) => clamp(((value + frame.top) * picture.height) / scaled.height, picture.height);
  const [left, top] = [x(box.left), y(box.top)];
  return { left, top, width: x(box.right) - left, height: y(box.bottom) - top };
}

/** The whole pixels that a box touches, at least one. */
export function wholePixels(box: Region, picture: Size): Region {
  const left = Math.min(Math.floor(box.left), picture.width - 1);
  const top = Math.min(Math.floor(box.top), picture.height - 1);
  return {
    left,
    top,
    width: Math.max(1, Math.min(Math.ceil(box.left + box.width), picture.width) - left),
    height: Math.max(1, Math.min(Math.ceil(box.top + box.height), picture.height) - top),
  };
}

/** The resampling that carries out a placement. */
export function resampling(placement: Placement, pad: number, from?: Region): Resampling {
  return { ...placement, pad, from };
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max);
}
