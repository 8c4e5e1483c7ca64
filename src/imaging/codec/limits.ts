import { CodedError } from '../../errors.js';
import { pixelsOf, type Size } from '../picture.js';
import type { FileFormat } from './recognise.js';
import { pixelsInWords } from '../../size-words.js';

/**
 * The longest side that is read, in pixels: JPEG's own longest. Decoders work in rows, and lose their way in
 * pictures of a million short ones (24 s) or of a few endless ones (1.5 GB).
 */
export const LONGEST_INPUT_SIDE = 65_535;

/** What a picture may take while it is decoded, for each pixel that the service accepts. */
const BYTES_PER_ACCEPTED_PIXEL = 8;

/**
 * What decoders hold at their peak, in bytes a pixel, where that is more: AVIF's hold the whole picture several
 * times over. Measured at 49 megapixels: 15 to 18 with 8 bits a sample, 25 with 10 or 12.
 */
const AVIF_BYTES = { shallow: 20, deep: 25 } as const;

/** What is known of a picture's cost before it is decoded. */
export interface DecodingCost {
  readonly format: FileFormat;
  /** Of a sample. */
  readonly bits?: number | undefined;
  /** Of a pixel with all its samples, where a file says so. */
  readonly pixelBytes?: number | undefined;
}

/**
 * Refuses a picture that would cost too much, before a pixel of it is decoded.
 * @param maxPixels width times height that the service accepts
 * @throws CodedError IMAGE_TOO_LARGE
 */
export function checkLimits(size: Size, cost: DecodingCost, maxPixels: number): void {
  const { width, height } = size;
  const facts = { width, height, maxPixels };
  if (pixelsOf(size) > maxPixels) {
    throw tooLarge(
      `The image is ${width}x${height} pixels, and at most ${pixelsInWords(maxPixels, Math.floor)} are accepted.`,
      facts,
    );
  }
  if (Math.max(width, height) > LONGEST_INPUT_SIDE) {
    throw tooLarge(
      `The image is ${width}x${height} pixels, and a side of at most ${LONGEST_INPUT_SIDE} is accepted.`,
      { ...facts, maxSide: LONGEST_INPUT_SIDE },
    );
  }
  const budget = maxPixels * BYTES_PER_ACCEPTED_PIXEL;
  const max = Math.floor(budget / bytesPerPixel(cost));
  if (pixelsOf(size) > max) {
    throw tooLarge(
      `The image is ${width}x${height} pixels, and of ${NAMES[cost.format]} pictures of its kind, which take much memory to decode, at most ${pixelsInWords(max, Math.floor)} are accepted.`,
      { ...facts, maxPixels: max },
    );
  }
}

const NAMES: Readonly<Record<FileFormat, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
  tiff: 'TIFF',
  gif: 'GIF',
  bmp: 'BMP',
};

function bytesPerPixel({ format, bits = 8, pixelBytes = 0 }: DecodingCost): number {
  if (format !== 'avif') return pixelBytes;
  return bits > 8 ? AVIF_BYTES.deep : AVIF_BYTES.shallow;
}

function tooLarge(sentence: string, facts: Record<string, number>): CodedError {
  return new CodedError('IMAGE_TOO_LARGE', `${sentence} Send a smaller one.`, { facts });
}
