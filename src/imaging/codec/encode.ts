import { CodedError } from '../../errors.js';
import {
  LONGEST_SIDE,
  MAX_PIXELS,
  pixelsOf,
  type ChannelOrder,
  type Channels,
  type EncodedImage,
  type ImageFormat,
  type Picture,
  type Shape,
  type Size,
} from '../picture.js';
import { fromPixels, sharp, type Sharp } from './sharp.js';

/** Pixels above which an encoder should not hold a picture whole. */
const LARGE_PICTURE = 16_000_000;

/** As a matrix of what each channel is made of: red of blue, green of green, blue of red. */
const RED_AND_BLUE_EXCHANGED: [[number, number, number], [number, number, number], [number, number, number]] =
  [
    [0, 0, 1],
    [0, 1, 0],
    [1, 0, 0],
  ];

/** What a PNG file is to be: small, or made fast. docs/performance.md has the figures of enlarged photos. */
type PngEffort = 'small' | 'fast';
const PNG_LEVELS = { small: 6, fast: 1 } satisfies Record<PngEffort, number>;

/** Encodes a picture as a file: of one channel where the picture is grey and the format has such files. */
export async function encode(
  picture: Picture,
  format: ImageFormat,
  order: ChannelOrder = 'RGB',
  png: PngEffort = 'small',
): Promise<EncodedImage> {
  checkSides(picture, format);
  const pipeline = inColoursOf(fromPixels(picture), picture.channels);
  if (order === 'BGR') pipeline.recomb(RED_AND_BLUE_EXCHANGED);
  const bytes = await writer(pipeline, format, picture, PNG_LEVELS[png]).toBuffer();
  return { width: picture.width, height: picture.height, format, bytes };
}

/**
 * Encodes a map of classes as a file of one channel that keeps its values exactly.
 * @throws CodedError BAD_USER_INPUT for JPEG, which would change them
 */
export async function encodeMap(map: Picture, format: ImageFormat): Promise<EncodedImage> {
  if (format === 'JPEG') {
    throw new CodedError(
      'BAD_USER_INPUT',
      'A mask holds exact values, which JPEG would change. Ask for PNG or WEBP.',
    );
  }
  if (format === 'PNG') return encode(map, format);
  checkSides(map, format);
  const bytes = await fromPixels(map).webp({ lossless: true }).toBuffer();
  return { width: map.width, height: map.height, format, bytes };
}

/**
 * Encodes a canvas (see canvas.ts) into another file, a few rows at a time.
 * @returns the file's length in bytes
 */
export async function encodeCanvas(
  path: string,
  shape: Shape,
  format: ImageFormat,
  target: string,
): Promise<number> {
  checkSides(shape, format);
  const canvas = sharp(path, { limitInputPixels: false, sequentialRead: true });
  return (await writer(inColoursOf(canvas, shape.channels), format, shape, PNG_LEVELS.fast).toFile(target))
    .size;
}

/**
 * Whether a format can hold a picture of this size.
 * @throws CodedError BAD_USER_INPUT
 */
export function checkSides({ width, height }: Size, format: ImageFormat): void {
  const longest = LONGEST_SIDE[format];
  const max = MAX_PIXELS[format];
  const sideFits = Math.max(width, height) <= longest;
  if (sideFits && width * height <= max) return;
  throw new CodedError(
    'BAD_USER_INPUT',
    `The result would be ${width}x${height} pixels, and ${format} holds at most ` +
      (sideFits ? `${max} pixels here. ` : `${longest} a side. `) +
      (format === 'PNG' ? 'Send a smaller image.' : 'Ask for PNG, or send a smaller image.'),
  );
}

/**
 * Exchanges red and blue in a PNG file, a few rows at a time.
 * @returns a file of three channels whatever comes in: transparency is flattened on white
 */
export async function exchangeRedAndBlue(png: Uint8Array): Promise<Uint8Array> {
  return sharp(png, { limitInputPixels: false, sequentialRead: true })
    .flatten({ background: '#ffffff' })
    .recomb(RED_AND_BLUE_EXCHANGED)
    .png({ compressionLevel: 6 })
    .toBuffer();
}

/** Encodes without loss, as fast as possible: for intermediate results. `decodeLosslessly` reads it. */
export async function encodeLosslessly(picture: Picture): Promise<Uint8Array> {
  return inColoursOf(fromPixels(picture), picture.channels)
    .png({ compressionLevel: 1, adaptiveFiltering: false })
    .toBuffer();
}

/** Keeps grey what is grey: left to itself, sharp makes RGB of everything. */
function inColoursOf(pipeline: Sharp, channels: Channels): Sharp {
  return channels <= 2 ? pipeline.toColourspace('b-w') : pipeline;
}

function writer(pipeline: Sharp, format: ImageFormat, size: Size, compressionLevel: number): Sharp {
  switch (format) {
    case 'PNG':
      return pipeline.png({ compressionLevel });
    case 'WEBP':
      return pipeline.webp({ quality: 90 });
    case 'JPEG':
      // Optimal codes need all coefficients at once: as much memory as the picture, for a file 5 % smaller.
      return pipeline.jpeg({ quality: 90, optimiseCoding: pixelsOf(size) <= LARGE_PICTURE });
  }
}
