import { pixelRegion, type Box } from '../detect/geometry.js';
import type { ShownPicture } from './picture.js';

/** Cuts a box out of the picture that the page shows. */
export async function cropOf(picture: ShownPicture, box: Box, name: string): Promise<File> {
  const { x, y, width, height } = pixelRegion(box, picture);
  const image = new Image();
  image.src = picture.url;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(image, x, y, width, height, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The browser could not cut the picture');
  return new File([blob], `${name}.png`, { type: blob.type });
}
