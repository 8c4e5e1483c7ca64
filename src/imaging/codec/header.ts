import { CodedError } from '../../errors.js';
import type { ImageHeader, Size } from '../picture.js';
import { readBmpHeader } from './bmp/header.js';
import { asStill } from './iso-media.js';
import { plainJpeg } from './jpeg/plain.js';
import { checkLimits, type DecodingCost } from './limits.js';
import { HEIC } from './other-kinds.js';
import { recognise, type FileFormat } from './recognise.js';
import { sharp } from './sharp.js';
import { readingOf } from './tiff/reading.js';
import { readTags } from './tiff/tags.js';
import { ACCEPTED_FORMATS, damaged, notRead } from './unreadable.js';

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
  const format = recognise(bytes);
  const { size, cost } = await measured(bytes, format);
  checkLimits(size, { format, ...cost }, limits.maxPixels);
  return { ...size, format };
}

/** What a header tells of a picture. */
interface Measured {
  /** As displayed. */
  readonly size: Size;
  readonly cost: Omit<DecodingCost, 'format'>;
}

async function measured(bytes: Uint8Array, format: FileFormat): Promise<Measured> {
  switch (format) {
    case 'bmp': {
      const { width, height } = readBmpHeader(bytes);
      return { size: { width, height }, cost: {} };
    }
    case 'tiff':
      // Before the decoder's own header, which calls some of what is not read damaged.
      return { cost: readingOf(readTags(bytes)), size: (await metadataOf(bytes)).autoOrient };
    case 'avif': {
      const { compression, autoOrient, bitsPerSample } = await metadataOf(asStill(bytes));
      if (compression !== 'av1') throw otherHeif(compression);
      return { size: autoOrient, cost: { bits: bitsPerSample } };
    }
    case 'jpeg':
      // Without a way to libvips and back for the usual file; what is wrong behind its header shows when it is decoded.
      return { size: plainJpeg(bytes)?.displayed ?? (await metadataOf(bytes)).autoOrient, cost: {} };
    default:
      return { size: (await metadataOf(bytes)).autoOrient, cost: {} };
  }
}

/** A picture in AVIF's container whose brands do not tell how it is coded. */
function otherHeif(compression: string | undefined): CodedError {
  if (compression === 'hevc') return notRead(HEIC.name, HEIC.advice);
  return notRead(compression === undefined ? 'a HEIF picture' : `a HEIF picture coded as ${compression}`);
}

// The limits are checked here rather than by sharp, so that the message can tell the image's own size.
function metadataOf(bytes: Uint8Array) {
  return sharp(bytes, { limitInputPixels: false, limitInputChannels: false, failOn: 'error' })
    .metadata()
    .catch((cause: unknown) => Promise.reject(damaged(cause)));
}
