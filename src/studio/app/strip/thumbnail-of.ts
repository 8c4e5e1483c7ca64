import type { PictureSource } from '../picture/picture.js';

const HEIGHT = 72;

/**
 * A small picture to tell a file by, decoded away from the page's own thread.
 * @returns its address; undefined where this browser does not know the format, or only the service can fetch it
 */
export async function thumbnailOf(source: PictureSource): Promise<string | undefined> {
  if (source.from !== 'file') return undefined;
  try {
    const picture = await createImageBitmap(source.file, { resizeHeight: HEIGHT, resizeQuality: 'medium' });
    const canvas = document.createElement('canvas');
    canvas.width = picture.width;
    canvas.height = picture.height;
    // Not by 'bitmaprenderer', which forgets how the picture is turned.
    canvas.getContext('2d')?.drawImage(picture, 0, 0);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    return blob ? URL.createObjectURL(blob) : undefined;
  } catch {
    return undefined;
  }
}
