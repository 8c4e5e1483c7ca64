import { readFile } from 'node:fs/promises';
import { readHeader } from '../../imaging/codec/header.js';
import { openImage, type DecodedImage } from '../../tasks/decoded-image.js';

const FOLDER = new URL('../../../models/probe/', import.meta.url);
const NAMES = ['street.png', 'teapot.png'] as const;

/**
 * The two pictures that a model is proved with: unlike each other in every way, and each with values from 0 to 255
 * in every channel.
 */
export async function probePictures(): Promise<readonly [DecodedImage, DecodedImage]> {
  const [first, second] = NAMES;
  return Promise.all([open(first), open(second)]);
}

async function open(name: string): Promise<DecodedImage> {
  const bytes = await readFile(new URL(name, FOLDER));
  const { width, height } = await readHeader(bytes, { maxPixels: Number.POSITIVE_INFINITY });
  return openImage(bytes, { width, height });
}
