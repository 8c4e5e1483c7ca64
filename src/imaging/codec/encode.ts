import { CodedError } from '../../errors.js';
import {
  LONGEST_SIDE,
  MOST_PIXELS,
  pixelsOf,
  type ChannelOrder,
  type EncodedImage,
  type ImageFormat,
  type Picture,
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

/** Encodes pixels as a file. One-channel pictures are class maps: every format keeps their values exactly, or is refused. */
export async function encode(
  picture: Picture,
  format: ImageFormat,
  order: ChannelOrder = 'RGB',
): Promise<EncodedImage> {
  checkSides(picture, format);
  const exact = picture.channels === 1;
  const pipeline = fromPixels(picture);
  if (order === 'BGR') pipeline.recomb(RED_AND_BLUE_EXCHANGED);
  const bytes = await writer(
    exact ? pipeline.toColourspace('b-w') : pipeline,
    format,
    exact,
    picture,
  ).toBuffer();
  return { width: picture.width, height: picture.height, format, bytes };
}

/**
 * Encodes a canvas (see canvas.ts) into another file, a few rows at a time.
 * @returns the file's length in bytes
 */
export async function encodeCanvas(
  path: string,
  size: Size,
  format: ImageFormat,
  target: string,
): Promise<number> {
  checkSides(size, format);
  const pipeline = sharp(path, { limitInputPixels: false, sequentialRead: true });
  return (await writer(pipeline, format, false, size).toFile(target)).size;
}

/**
 * Whether a format can hold a picture of this size.
 * @throws CodedError BAD_USER_INPUT
 */
export function checkSides({ width, height }: Size, format: ImageFormat): void {
  const longest = LONGEST_SIDE[format];
  const most = MOST_PIXELS[format];
  const sideFits = Math.max(width, height) <= longest;
  if (sideFits && width * height <= most) return;
  throw new CodedError(
    'BAD_USER_INPUT',
    `The result would be ${width}x${height} pixels, and ${format} holds at most ` +
      (sideFits ? `${most} pixels here. ` : `${longest} a side. `) +
      (format === 'PNG' ? 'Send a smaller image.' : 'Ask for PNG, or send a smaller image.'),
  );
}

/** Exchanges red and blue in a PNG file, a few rows at a time; transparency stays, and a grey file as it is. */
export async function exchangeRedAndBlue(png: Uint8Array): Promise<Uint8Array> {
  const pipeline = sharp(png, { limitInputPixels: false, sequentialRead: true });
  const { channels } = await pipeline.metadata();
  if (channels < 3) return png;
  return pipeline.recomb(RED_AND_BLUE_EXCHANGED).png({ compressionLevel: 6 }).toBuffer();
}

/** Encodes without loss, as fast as possible: for intermediate results. */
export async function encodeLosslessly(picture: Picture): Promise<Uint8Array> {
  return fromPixels(picture).png({ compressionLevel: 1, adaptiveFiltering: false }).toBuffer();
}

function writer(pipeline: Sharp, format: ImageFormat, exact: boolean, size: Size): Sharp {
  switch (format) {
    case 'PNG':
      return pipeline.png({ compressionLevel: 6 });
    case 'WEBP':
      return pipeline.webp(exact ? { lossless: true } : { quality: 90 });
    case 'JPEG':
      if (exact)
        throw new CodedError(
          'BAD_USER_INPUT',
          'A mask holds exact values, which JPEG would change. Ask for PNG or WEBP.',
        );
      // Optimal codes need all coefficients at once: as much memory as the picture, for a file 5 % smaller.
      return pipeline.jpeg({ quality: 90, optimiseCoding: pixelsOf(size) <= LARGE_PICTURE });
  }
}
