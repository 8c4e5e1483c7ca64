/**
 * sharp, set up: the only file that imports it. Its work happens on libuv's threads, but decoding still belongs
 * into an inference thread, where its results are used without a copy.
 */
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import sharp, { type Sharp } from 'sharp';
import type { Picture } from '../picture.js';

/**
 * Settings of libvips are the whole process's. Set once, by the thread that starts the others, which inherit this
 * mark: a thread that began by blocking everything again would, for that moment, have others call a whole picture
 * damaged.
 */
const IS_SET_UP = 'okulo: libvips is set up';

if (getEnvironmentData(IS_SET_UP) !== true) {
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
  setEnvironmentData(IS_SET_UP, true);
}

export { sharp, type Sharp };

/** A pipeline that starts from decoded pixels. */
export function fromPixels({ pixels, width, height, channels }: Picture): Sharp {
  return sharp(pixels, { raw: { width, height, channels }, limitInputPixels: false });
}
