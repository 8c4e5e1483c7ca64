import type { Picture, Size } from '../picture.js';
import { fromPixels } from './sharp.js';

/** Scales an RGB picture for people to look at: sharper than `resample` does it for networks, and slower. */
export async function scaleTo(picture: Picture, { width, height }: Size): Promise<Picture> {
  if (width === picture.width && height === picture.height) return picture;
  const pixels = await fromPixels(picture).resize(width, height, { fit: 'fill' }).raw().toBuffer();
  return { width, height, channels: 3, pixels };
}
