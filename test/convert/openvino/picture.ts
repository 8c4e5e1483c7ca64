import type { Tensor } from '../../../src/imaging/tensor.js';

export interface Size {
  readonly height: number;
  readonly width: number;
}

/**
 * The picture of `test/reference/openvino_reference.py`: 3 x height x width, 0..255, slanted ramps with sharp
 * edges, a quarter of it noise from an integer hash of the index.
 */
export function picture({ height, width }: Size): Float32Array {
  const pixels = new Float32Array(3 * height * width);
  for (let index = 0; index < pixels.length; index += 1) {
    const column = index % width;
    const row = Math.floor(index / width) % height;
    const channel = Math.floor(index / (width * height));
    const mixed = Math.imul(index, 0x9e3779b1);
    const noise = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 24;
    const ramps = (2 * column + 3 * row + 40 * channel) & 255;
    pixels[index] = (ramps * 3 + noise) >> 2;
  }
  return pixels;
}

/** The same pixels with the channels last. */
export function channelsLast(pixels: Float32Array): Float32Array {
  const plane = pixels.length / 3;
  return Float32Array.from(
    { length: pixels.length },
    (_, index) => pixels[(index % 3) * plane + Math.floor(index / 3)] ?? NaN,
  );
}

/** Four times as high and wide, by repeating pixels. */
export function superResolved(pixels: Float32Array, { height, width }: Size): Float32Array {
  const large = new Float32Array(pixels.length * 16);
  for (let row = 0; row < 3 * 4 * height; row += 1) {
    const source = Math.floor(row / 4) * width;
    for (let column = 0; column < 4 * width; column += 1) {
      large[row * 4 * width + column] = pixels[source + Math.floor(column / 4)] ?? NaN;
    }
  }
  return large;
}

export function nchw(data: Float32Array, { height, width }: Size): Tensor {
  return { type: 'float32', data, dims: [1, 3, height, width] };
}

/** What the super resolution net takes: a picture, and the same four times as large. */
export function superResolutionFeeds(size: Size): { 0: Tensor; 1: Tensor } {
  const small = picture(size);
  const large = { height: 4 * size.height, width: 4 * size.width };
  return { 0: nchw(small, size), 1: nchw(superResolved(small, size), large) };
}
