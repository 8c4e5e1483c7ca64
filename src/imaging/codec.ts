/**
 * Image files to pixels and back: the only file that imports sharp. Its work happens on libuv's threads, but
 * decoding still belongs into an inference thread, where its results are used without a copy.
 */
import sharp, { type Sharp } from 'sharp';
import { CodedError, messageOf } from '../errors.js';
import {
  LONGEST_SIDE,
  MOST_PIXELS,
  pixelsOf,
  type EncodedImage,
  type ImageFormat,
  type ImageHeader,
  type Picture,
  type Region,
  type Size,
} from './picture.js';

export const ACCEPTED_FORMATS = 'JPEG, PNG, WebP, AVIF, TIFF or GIF';

// Loaders are allowed by name, so that none with a richer language (SVG, PDF, a URL inside) can be reached.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadHeifBuffer',
    'VipsForeignLoadTiffBuffer',
    'VipsForeignLoadNsgifBuffer',
    // From a path, and no image of a stranger comes by a path: for canvases.
    'VipsForeignLoadTiffFile',
  ],
});
// The same file rarely comes twice, and parallel work comes from the inference threads.
sharp.cache(false);
sharp.concurrency(1);

/** Pixels above which an encoder should not hold a picture whole. */
const LARGE_PICTURE = 16_000_000;

/** @see https://www.w3.org/TR/png-3/#7Integers-and-byte-order : values of 0..255, so white for transparent parts */
const WHITE = { r: 255, g: 255, b: 255 };

/**
 * Reads an image's header; no pixel is decoded.
 * @param limits `maxPixels`: width times height above which an image is refused
 * @returns the size as displayed, after the EXIF orientation
 * @throws CodedError BAD_IMAGE or IMAGE_TOO_LARGE
 */
export async function readHeader(bytes: Uint8Array, limits: { maxPixels: number }): Promise<ImageHeader> {
  if (bytes.byteLength === 0) {
    throw new CodedError(
      'BAD_IMAGE',
      `Expected an image file (${ACCEPTED_FORMATS}), and nothing came: it has 0 bytes.`,
    );
  }
  // The pixel limit is checked here rather than by sharp, so that the message can tell the image's own size.
  const metadata = await sharp(bytes, { limitInputPixels: false, failOn: 'error' })
    .metadata()
    .catch((cause: unknown) => Promise.reject(asImageError(cause)));
  const { width, height } = metadata.autoOrient;
  if (width * height > limits.maxPixels) {
    throw new CodedError(
      'IMAGE_TOO_LARGE',
      `The image is ${width}x${height} pixels, and at most ${limits.maxPixels} in all are accepted. Send a smaller one.`,
      { facts: { maxPixels: limits.maxPixels, width, height } },
    );
  }
  return { width, height, format: metadata.format === 'heif' ? 'avif' : metadata.format };
}

let decoded = 0;

/** How many image files this thread has decoded so far: what proves that a request costs one decode. */
export function filesDecoded(): number {
  return decoded;
}

/**
 * Decodes an image once: the first frame, turned as displayed, flattened on white, 8-bit RGB. Decoding to a
 * smaller size is much cheaper for a JPEG than decoding all of it, and never reads more memory than it needs.
 * @param size what the whole picture is scaled to
 * @throws CodedError BAD_IMAGE when the file is damaged or cut off
 */
export async function decode(bytes: Uint8Array, size: Size): Promise<Picture> {
  decoded += 1;
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: false, failOn: 'error', autoOrient: true })
      .resize(size.width, size.height, { fit: 'fill' })
      .flatten({ background: WHITE })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return {
      width: info.width,
      height: info.height,
      channels: 3,
      pixels: info.channels === 3 ? data : tripled(data),
    };
  } catch (cause) {
    throw asImageError(cause);
  }
}

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

/** Scales a picture into a frame, in RGB. Returns the picture's own pixels where there is nothing to do. */
export async function resample(picture: Picture, { from, scaled, frame, pad }: Resampling): Promise<Picture> {
  const whole = !from || (from.width === picture.width && from.height === picture.height);
  const same = scaled.width === picture.width && scaled.height === picture.height;
  const framed =
    frame.left !== 0 || frame.top !== 0 || frame.width !== scaled.width || frame.height !== scaled.height;
  if (whole && same && !framed) return picture;

  let pipeline = open(picture);
  if (!whole) pipeline = pipeline.extract(from);
  pipeline = pipeline.resize(scaled.width, scaled.height, { fit: 'fill' });
  const kept = intersection(frame, scaled);
  if (framed) {
    pipeline = pipeline.extract(kept).extend({
      left: kept.left - frame.left,
      top: kept.top - frame.top,
      right: frame.left + frame.width - kept.left - kept.width,
      bottom: frame.top + frame.height - kept.top - kept.height,
      background: { r: pad, g: pad, b: pad },
    });
  }
  const pixels = await pipeline.raw().toBuffer();
  return { width: frame.width, height: frame.height, channels: 3, pixels };
}

/** Encodes pixels as a file. One-channel pictures are class maps: every format keeps their values exactly, or is refused. */
export async function encode(picture: Picture, format: ImageFormat): Promise<EncodedImage> {
  checkSides(picture, format);
  const exact = picture.channels === 1;
  const pipeline = open(picture);
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

/** Encodes without loss, as fast as possible: for intermediate results. */
export async function encodeLosslessly(picture: Picture): Promise<Uint8Array> {
  return open(picture).png({ compressionLevel: 1, adaptiveFiltering: false }).toBuffer();
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

function open({ pixels, width, height, channels }: Picture): Sharp {
  return sharp(pixels, { raw: { width, height, channels }, limitInputPixels: false });
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

function tripled(grey: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(grey.length * 3);
  grey.forEach((value, index) => pixels.fill(value, index * 3, index * 3 + 3));
  return pixels;
}

function asImageError(cause: unknown): CodedError {
  if (cause instanceof CodedError) return cause;
  // The decoders' own words speak of their own insides; the log has them.
  const reason = messageOf(cause).includes('unsupported image format')
    ? 'it is of another kind'
    : 'it is damaged or was cut off';
  return new CodedError(
    'BAD_IMAGE',
    `The image can not be read (${reason}). Expected a whole ${ACCEPTED_FORMATS} file; check that it opens elsewhere.`,
    { cause },
  );
}
