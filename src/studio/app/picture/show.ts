import type { ShownPicture } from './picture.js';

/**
 * Makes a picture visible by the browser's own means.
 * @returns undefined where the browser does not know its format
 */
export async function showByBrowser(blob: Blob): Promise<ShownPicture | undefined> {
  // Kept as long as the page: results are compared with it long after another picture was chosen.
  const url = URL.createObjectURL(blob);
  const shown = await showByAddress(url);
  if (!shown) URL.revokeObjectURL(url);
  return shown;
}

/** A picture that lies at an address; undefined where it does not come, or the browser does not know its format. */
export async function showByAddress(url: string): Promise<ShownPicture | undefined> {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    return width > 0 && height > 0 ? { url, width, height } : undefined;
  } catch {
    return undefined;
  }
}
