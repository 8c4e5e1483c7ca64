/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle in pixels; left and top count from the upper left corner. */
export interface Region extends Size {
  readonly left: number;
  readonly top: number;
}

/** How many values a pixel has: grey (or a class), grey and alpha, RGB, RGBA. */
export type Channels = 1 | 2 | 3 | 4;

/** What has to be known of a picture to know how many values it has. */
export interface Shape extends Size {
  readonly channels: Channels;
}

/** Decoded pixels, row by row, channels side by side. Values 0..255; alpha is straight, not multiplied in. */
export interface Picture extends Shape {
  readonly pixels: Uint8Array;
}

/** Which of a picture's colours comes first in a file. Every format means RGB; see rest/made-image.ts for the other. */
export type ChannelOrder = 'RGB' | 'BGR';

/** The formats that results are encoded in. */
export const IMAGE_FORMATS = ['PNG', 'JPEG', 'WEBP'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

export const EXTENSIONS: Readonly<Record<ImageFormat, string>> = { PNG: 'png', JPEG: 'jpg', WEBP: 'webp' };
/** The longest side that a format can hold, in pixels. */
export const LONGEST_SIDE: Readonly<Record<ImageFormat, number>> = {
  PNG: 1_000_000,
  JPEG: 65_535,
  WEBP: 16_383,
};
/** WebP's encoder holds the whole picture several times over, and takes its time: about 20 bytes a pixel. */
export const MAX_PIXELS: Readonly<Record<ImageFormat, number>> = {
  PNG: Number.POSITIVE_INFINITY,
  JPEG: Number.POSITIVE_INFINITY,
  WEBP: 25_000_000,
};
export const MEDIA_TYPES: Readonly<Record<ImageFormat, string>> = {
  PNG: 'image/png',
  JPEG: 'image/jpeg',
  WEBP: 'image/webp',
};

/** An image file in memory. */
export interface EncodedImage extends Size {
  readonly format: ImageFormat;
  readonly bytes: Uint8Array;
}

/** What the header of an image file says. */
export interface ImageHeader extends Size {
  /** Lower case, as in a media type: `jpeg`, `png`, `webp`, `avif`, `tiff`, `gif`. */
  readonly format: string;
}

export function pixelsOf({ width, height }: Size): number {
  return width * height;
}
