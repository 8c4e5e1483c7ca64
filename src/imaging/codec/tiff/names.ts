/**
 * What TIFF's numbers mean.
 * @see https://www.loc.gov/preservation/digital/formats/content/tiff_tags.shtml
 */

export const TAG = {
  subfileType: 254,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  samplesPerPixel: 277,
  planarConfiguration: 284,
  tileWidth: 322,
  tileLength: 323,
  inkSet: 332,
  extraSamples: 338,
  sampleFormat: 339,
  dngVersion: 50706,
} as const;

export const PHOTOMETRIC = {
  whiteIsZero: 0,
  blackIsZero: 1,
  rgb: 2,
  palette: 3,
  cmyk: 5,
  ycbcr: 6,
} as const;

/** Colour spaces that are not read. */
export const OTHER_PHOTOMETRICS: Readonly<Record<number, string>> = {
  4: 'a transparency mask',
  8: 'a TIFF in CIE Lab colours',
  9: 'a TIFF in ICC Lab colours',
  10: 'a TIFF in ITU Lab colours',
  32803: "a camera's raw file",
  32844: 'a TIFF in LogL (high dynamic range)',
  32845: 'a TIFF in LogLuv (high dynamic range)',
  34892: "a camera's raw file",
};

export const JPEG = 7;
/** None, CCITT (three of them), LZW, JPEG, Deflate (by both its numbers), PackBits, WebP. */
export const COMPRESSIONS_READ: readonly number[] = [1, 2, 3, 4, 5, JPEG, 8, 32946, 32773, 50001];

export const OTHER_COMPRESSIONS: Readonly<Record<number, string>> = {
  6: 'old-style JPEG',
  9: 'JBIG',
  10: 'JBIG',
  32766: 'NeXT',
  32809: 'ThunderScan',
  32895: 'IT8',
  33003: 'JPEG 2000',
  33004: 'JPEG 2000',
  33005: 'JPEG 2000',
  34661: 'JBIG',
  34676: 'SGI LogLuv',
  34677: 'SGI LogLuv',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34892: 'lossy JPEG of a raw file',
  34925: 'LZMA',
  34926: 'Zstandard',
  34933: 'PNG',
  34934: 'JPEG XR',
  50000: 'Zstandard',
  50002: 'JPEG XL',
  52546: 'JPEG XL',
};

/** Of the values of a sample; 1, unsigned whole numbers, is what pictures have, and 4 says nothing. */
export const OTHER_SAMPLE_FORMATS: Readonly<Record<number, string>> = {
  2: 'signed whole numbers',
  3: 'floating-point numbers',
  5: 'complex whole numbers',
  6: 'complex floating-point numbers',
};
