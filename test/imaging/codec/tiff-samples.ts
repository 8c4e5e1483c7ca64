/** Pixels that TIFFs are made of, and the files that hold them. */
import { noise } from '../../kit/pictures.js';
import { packed, PHOTOMETRIC, type TiffKind } from '../../kit/tiff-files.js';

export const SIZE = { width: 13, height: 7 };
export const PIXELS = SIZE.width * SIZE.height;
export const RGB = Array.from(noise(SIZE, 7).pixels);
export const GREY = Array.from({ length: PIXELS }, (_, index) => (index * 37) % 256);
export const ALPHA = Array.from({ length: PIXELS }, (_, index) => (index * 91) % 256);
export const NIR = ALPHA.map((value) => 255 - value);

/** Bands side by side in each pixel. */
export function woven(colours: readonly number[], ...bands: (readonly number[])[]): number[] {
  const count = colours.length / PIXELS;
  return Array.from({ length: PIXELS }, (_, at) => [
    ...colours.slice(at * count, (at + 1) * count),
    ...bands.map((band) => band[at] ?? NaN),
  ]).flat();
}

export const tripled = (grey: readonly number[]) => grey.flatMap((value) => [value, value, value]);
export const onWhite = (colours: readonly number[], alpha: readonly number[]) =>
  colours.map((value, index) => {
    const opacity = (alpha[Math.floor(index / 3)] ?? NaN) / 255;
    return value * opacity + 255 * (1 - opacity);
  });
const times257 = (values: readonly number[]) => values.map((value) => value * 257);

export const rgb = (values: readonly number[], more: Partial<TiffKind> = {}): TiffKind => ({
  ...SIZE,
  photometric: PHOTOMETRIC.rgb,
  bits: 8,
  samples: values.length / PIXELS,
  data: packed(values, 8),
  ...more,
});
export const grey = (values: readonly number[], more: Partial<TiffKind> = {}): TiffKind =>
  rgb(values, { photometric: PHOTOMETRIC.blackIsZero, ...more });
export const wide = (values: readonly number[], bigEndian = false) => ({
  bits: 16,
  data: packed(times257(values), 16, bigEndian),
  bigEndian,
});
export const extra = (...kinds: number[]) => ({ 338: kinds });
export const planes = (values: readonly number[], bands: number) =>
  Array.from({ length: bands }, (_, band) => values.filter((__, index) => index % bands === band)).flat();

export const COLOUR_MAP = Array.from({ length: 768 }, (_, index) => (((index * 73) % 256) * 257) % 65536);
