import { triangleTaps, type Taps } from './filter.js';
import { withKernels } from './kernels/kernels.js';
import type { Picture, Region, Size } from './picture.js';

/** How to bring a picture into another frame: cut, scale, then cut or pad. */
export interface Resampling {
  /** The part of the picture to use; all of it when absent. */
  readonly from?: Region | undefined;
  /** The size that this part is scaled to. */
  readonly scaled: Size;
  /** The frame, in scaled pixels: what lies outside the scaled part is padded. */
  readonly frame: Region;
  /** 0..255, the grey of what is padded. */
  readonly pad: number;
}

/**
 * Scales a picture into a frame, linearly (see filter.ts). Only what the frame shows is computed.
 * @param picture RGB, or RGB and a fourth channel that is not looked at
 * @returns RGB; the picture's own pixels where there is nothing to do
 */
export function resample(picture: Picture, { from, scaled, frame, pad }: Resampling): Picture {
  const { width, height, channels, pixels } = picture;
  const part = from ?? { left: 0, top: 0, width, height };
  const kept = intersection(frame, scaled);
  const framed = kept.width !== frame.width || kept.height !== frame.height;
  const same = part.width === scaled.width && part.height === scaled.height;
  if (same && !framed && channels === 3 && kept.width === width && kept.height === height) return picture;

  const result = new Uint8Array(frame.width * frame.height * 3);
  if (framed) result.fill(pad);
  const target = {
    pixels: result,
    stride: frame.width * 3,
    start: ((kept.top - frame.top) * frame.width + kept.left - frame.left) * 3,
  };
  if (kept.width > 0 && kept.height > 0) {
    if (same && channels === 3) copy(pixels, width, part, kept, target);
    else scale(picture, part, scaled, kept, target);
  }
  return { width: frame.width, height: frame.height, channels: 3, pixels: result };
}

/** Where rows of RGB pixels are written to, in bytes. */
interface Target {
  readonly pixels: Uint8Array;
  readonly stride: number;
  readonly start: number;
}

function copy(pixels: Uint8Array, width: number, part: Region, kept: Region, target: Target): void {
  for (let row = 0; row < kept.height; row += 1) {
    const at = ((part.top + kept.top + row) * width + part.left + kept.left) * 3;
    target.pixels.set(pixels.subarray(at, at + kept.width * 3), target.start + row * target.stride);
  }
}

/** Row by row: across into a picture of the wanted width, and then down. */
function scale(picture: Picture, part: Region, scaled: Size, kept: Region, target: Target): void {
  const { pixels, channels } = picture;
  const across = triangleTaps({
    start: part.left,
    length: part.width,
    scaled: scaled.width,
    from: kept.left,
    count: kept.width,
  });
  const down = triangleTaps({
    start: part.top,
    length: part.height,
    scaled: scaled.height,
    from: kept.top,
    count: kept.height,
  });
  const [left, right] = sourcesOf(across);
  const [top, bottom] = sourcesOf(down);
  const width = right - left;
  const firsts = new Uint8Array(across.first.map((place) => (place - left) * 4).buffer);
  const shares = new Uint8Array(pairsOf(across).buffer);
  const weights = new Uint8Array(down.weights.buffer);
  const pairs = Math.ceil(across.count / 2);
  const columns = kept.width;
  const stride = columns * 4;
  const sizes = [
    firsts.length,
    shares.length,
    weights.length,
    width * 3,
    width * 4,
    (bottom - top) * stride,
    stride,
    columns * 3,
  ] as const;
  withKernels(sizes, (kernels, bytes, places) => {
    const [first = 0, share = 0, weight = 0, rgb = 0, four = 0, narrow = 0, mixed = 0, done = 0] = places;
    bytes.set(firsts, first);
    bytes.set(shares, share);
    bytes.set(weights, weight);
    for (let row = top; row < bottom; row += 1) {
      const from = (row * picture.width + left) * channels;
      bytes.set(pixels.subarray(from, from + width * channels), channels === 3 ? rgb : four);
      if (channels === 3) kernels.pack(rgb, four, width);
      kernels.mixColumns(four, narrow + (row - top) * stride, first, share, pairs, columns);
    }
    for (let row = 0; row < kept.height; row += 1) {
      const from = narrow + ((down.first[row] ?? 0) - top) * stride;
      kernels.mixRows(from, mixed, stride, weight + row * down.count * 4, down.count, columns);
      kernels.unpack(mixed, done, columns);
      target.pixels.set(bytes.subarray(done, done + columns * 3), target.start + row * target.stride);
    }
  });
}

/** The source places that an axis takes, from the first to behind the last. */
function sourcesOf({ first, count }: Taps): [number, number] {
  return [first[0] ?? 0, (first[first.length - 1] ?? 0) + count];
}

/** Weights as `mixColumns` takes them: each four times, and an even number of them. */
function pairsOf({ count, first, weights }: Taps): Uint16Array {
  const even = count + (count % 2);
  const pairs = new Uint16Array(first.length * even * 4);
  for (let place = 0; place < first.length; place += 1) {
    for (let tap = 0; tap < count; tap += 1) {
      const at = (place * even + tap) * 4;
      pairs.fill(weights[place * count + tap] ?? 0, at, at + 4);
    }
  }
  return pairs;
}

function intersection(frame: Region, { width, height }: Size): Region {
  const left = Math.max(0, frame.left);
  const top = Math.max(0, frame.top);
  return {
    left,
    top,
    width: Math.min(width, frame.left + frame.width) - left,
    height: Math.min(height, frame.top + frame.height) - top,
  };
}
