import type { Colour } from '../../src/imaging/colour.js';
import type { Picture, Region, Size } from '../../src/imaging/picture.js';
import { fill } from '../../src/imaging/draw.js';
import { decode } from '../../src/imaging/codec/decode.js';
import { openImage, type DecodedImage } from '../../src/tasks/decoded-image.js';
import { flat, pngOf } from '../kit/pictures.js';

export const RED: Colour = [255, 0, 0];
export const GREEN: Colour = [0, 255, 0];
export const BLUE: Colour = [0, 0, 255];

/** A picture of one colour with rectangles of others. */
export function patches(size: Size, ground: Colour, ...parts: [Region, Colour][]): Picture {
  const picture = flat(size, ground);
  for (const [region, colour] of parts) fill(picture, region, colour);
  return picture;
}

/** A picture as an image file, opened. */
export function viewOf(picture: Picture): DecodedImage {
  const displayed = { width: picture.width, height: picture.height };
  const opening = pngOf(picture).then((bytes) => openImage(bytes, displayed));
  return {
    displayed,
    at: async (size) => (await opening).at(size),
    enoughFor: async (placement) => (await opening).enoughFor(placement),
  };
}

/** The pixels of an encoded result. */
export function opened({ bytes, width, height }: Size & { bytes: Uint8Array }): Promise<Picture> {
  return decode(bytes, { width, height });
}
