import { asStill } from './iso-media.js';
import { decodeBmp } from './bmp/pixels.js';
import { recognise } from './recognise.js';
import { sharp, type Sharp } from './sharp.js';
import { readingOf } from './tiff/reading.js';
import { readTags } from './tiff/tags.js';

// The header was held against the limits.
const OPTIONS = {
  limitInputPixels: false,
  limitInputChannels: false,
  failOn: 'error',
  autoOrient: true,
} as const;

/**
 * An image file as the beginning of a pipeline: its first frame, turned as displayed. What is its transparency
 * is so in the pipeline, and nothing else.
 * @throws CodedError BAD_IMAGE; damage behind the header shows when the pipeline runs
 */
export async function openFile(bytes: Uint8Array): Promise<Sharp> {
  switch (recognise(bytes)) {
    case 'bmp':
      return fromRaw(decodeBmp(bytes));
    case 'tiff': {
      const { samples, alpha } = readingOf(readTags(bytes));
      return samples === 'whole' ? sharp(bytes, OPTIONS) : fromRaw(await coloursOf(bytes, alpha));
    }
    case 'avif':
      return sharp(asStill(bytes), OPTIONS);
    default:
      return sharp(bytes, OPTIONS);
  }
}

/** Decoded pixels: RGB or RGBA. */
interface RawPixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly pixels: Uint8Array;
}

function fromRaw({ width, height, channels, pixels }: RawPixels): Sharp {
  return sharp(pixels, { raw: { width, height, channels }, limitInputPixels: false });
}

/**
 * The colours of a picture that has other samples beside them. This happens before any scaling, which would
 * multiply the colours by the first of them.
 * @param alpha which of the others is transparency, if one is
 */
async function coloursOf(bytes: Uint8Array, alpha: number | undefined): Promise<RawPixels> {
  const { data, info } = await sharp(bytes, OPTIONS)
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels: all } = info;
  const taken = alpha === undefined ? [0, 1, 2] : [0, 1, 2, 3 + alpha];
  const channels = alpha === undefined ? 3 : 4;
  const pixels = new Uint8Array(width * height * channels);
  for (let from = 0, to = 0; to < pixels.length; from += all) {
    for (const sample of taken) {
      pixels[to] = data[from + sample] ?? 0;
      to += 1;
    }
  }
  return { width, height, channels, pixels };
}
