import { notRead } from '../unreadable.js';
import {
  COMPRESSIONS_READ,
  JPEG,
  OTHER_COMPRESSIONS,
  OTHER_PHOTOMETRICS,
  OTHER_SAMPLE_FORMATS,
  PHOTOMETRIC,
  TAG,
} from './names.js';
import type { TiffTags } from './tags.js';

/** What a TIFF's tags say about its pixels, once they are known to be read rightly. */
export interface TiffReading {
  /**
   * `whole`: the decoder knows what each sample is. `colours`: it would take a sample for transparency that is
   * none, so that the samples are sorted here.
   */
  readonly samples: 'whole' | 'colours';
  /** With `colours`: which of the samples after the colours is transparency, counted from 0. */
  readonly alpha?: number | undefined;
  /** Bytes of a decoded pixel with all its samples. */
  readonly pixelBytes: number;
}

const ASSOCIATED_ALPHA = 1;
const UNASSOCIATED_ALPHA = 2;
const SEPARATE_PLANES = 2;
const CMYK_INKS = 1;
const REDUCED_PREVIEW = 1;

/** More bands than satellites' pictures have that are still shown as pictures. */
const MAX_EXTRA_SAMPLES = 16;

/** Ten times the largest tiles that programs write. */
const MAX_TILE_BYTES = 2 ** 27;

const ADVICE = 'Save it as an 8-bit RGB TIFF with LZW or Deflate compression, or as PNG, and send that.';

/** How many samples are colours, and of how many bits they may be. */
interface Colours {
  readonly samples: number;
  readonly bits: readonly number[];
  /** Whether further samples are sorted out: transparency, near infrared and the like. */
  readonly extras: boolean;
}

const COLOURS: Readonly<Record<number, Colours>> = {
  [PHOTOMETRIC.whiteIsZero]: { samples: 1, bits: [1, 2, 4, 8, 16], extras: true },
  [PHOTOMETRIC.blackIsZero]: { samples: 1, bits: [1, 2, 4, 8, 16], extras: true },
  [PHOTOMETRIC.rgb]: { samples: 3, bits: [8, 16], extras: true },
  [PHOTOMETRIC.palette]: { samples: 1, bits: [1, 2, 4, 8], extras: false },
  [PHOTOMETRIC.cmyk]: { samples: 4, bits: [8, 16], extras: false },
  [PHOTOMETRIC.ycbcr]: { samples: 3, bits: [8], extras: false },
};

/**
 * How a TIFF is read: by a list of what was tried against known pixels, because the decoder takes many of the
 * others for something that they are not and shows wrong colours without a word.
 * @throws CodedError BAD_IMAGE that names what is not read
 */
export function readingOf(tags: TiffTags): TiffReading {
  const only = (tag: number, missing: number) => tags.get(tag)?.[0] ?? missing;
  if (tags.has(TAG.dngVersion)) throw refused("a camera's raw file (DNG)");
  if (only(TAG.subfileType, 0) & REDUCED_PREVIEW)
    throw refused("a TIFF that begins with a small preview, as cameras' raw files do");

  const photometric = only(TAG.photometric, -1);
  const colours = COLOURS[photometric];
  if (!colours) throw refused(OTHER_PHOTOMETRICS[photometric] ?? 'a TIFF in colours of an unknown kind');
  const compression = only(TAG.compression, 1);
  checkCompression(compression);
  const samples = only(TAG.samplesPerPixel, 1);
  const bits = checkedBits(tags, colours.bits);
  if (photometric === PHOTOMETRIC.ycbcr && compression !== JPEG)
    throw refused('a TIFF in YCbCr colours that are not compressed as JPEG');
  if (photometric === PHOTOMETRIC.cmyk && only(TAG.inkSet, CMYK_INKS) !== CMYK_INKS)
    throw refused('a TIFF in inks other than CMYK');

  const pixelBytes = samples * Math.ceil(bits / 8);
  checkTiles(tags, samples, pixelBytes);
  return { ...sortedSamples(tags, samples, colours, bits), pixelBytes };
}

/** A tile is decoded whole, however little of it the picture needs. */
function checkTiles(tags: TiffTags, samples: number, pixelBytes: number): void {
  const [width, height] = [tags.get(TAG.tileWidth)?.[0], tags.get(TAG.tileLength)?.[0]];
  if (width === undefined || height === undefined) return;
  if (width * height * pixelBytes > MAX_TILE_BYTES)
    throw refused(
      `a TIFF in tiles of ${width}x${height} pixels, which take more than ${MAX_TILE_BYTES} bytes`,
    );
  if (samples > 1 && tags.get(TAG.planarConfiguration)?.[0] === SEPARATE_PLANES)
    throw refused('a TIFF in tiles with a plane for each colour');
}

function checkCompression(compression: number): void {
  if (COMPRESSIONS_READ.includes(compression)) return;
  const name = OTHER_COMPRESSIONS[compression];
  throw refused(
    name === undefined
      ? `a TIFF with compression number ${compression}, which is not known here`
      : `a TIFF with ${name} compression`,
  );
}

/** @returns the bits of every sample */
function checkedBits(tags: TiffTags, allowed: readonly number[]): number {
  const formats = tags.get(TAG.sampleFormat) ?? [];
  const bitsOfEach = tags.get(TAG.bitsPerSample) ?? [1];
  const [bits = 1] = bitsOfEach;
  for (const format of formats) {
    const name = OTHER_SAMPLE_FORMATS[format];
    if (name !== undefined) {
      throw refused(
        `a TIFF whose samples are ${name} of ${bits} bits, and no tag of it tells which of them is white`,
      );
    }
  }
  if (bitsOfEach.some((other) => other !== bits)) throw refused('a TIFF with samples of different sizes');
  if (!allowed.includes(bits)) throw refused(`a TIFF with ${bits} bits a sample in colours of its kind`);
  return bits;
}

function sortedSamples(
  tags: TiffTags,
  samples: number,
  colours: Colours,
  bits: number,
): Pick<TiffReading, 'samples' | 'alpha'> {
  const extra = samples - colours.samples;
  if (extra === 0) return { samples: 'whole' };
  if (extra < 0 || extra > MAX_EXTRA_SAMPLES || !colours.extras || bits < 8)
    throw refused(
      `a TIFF with ${samples} samples of ${bits} bits a pixel, where its colours need ${colours.samples}`,
    );
  // What is not said is not transparency: https://libtiff.gitlab.io/libtiff/ calls it unspecified.
  const kinds = Array.from({ length: extra }, (_, index) => tags.get(TAG.extraSamples)?.[index] ?? 0);
  const alphas = kinds.filter((kind) => kind === ASSOCIATED_ALPHA || kind === UNASSOCIATED_ALPHA);
  if (extra === 1 && alphas.length === 1) return { samples: 'whole' };
  if (alphas.length > 1 || alphas.includes(ASSOCIATED_ALPHA))
    throw refused('a TIFF with transparency multiplied into its colours, and further samples');
  const alpha = kinds.indexOf(UNASSOCIATED_ALPHA);
  return { samples: 'colours', alpha: alpha < 0 ? undefined : alpha };
}

function refused(what: string): Error {
  return notRead(what, ADVICE);
}
