/** Makes pictures smaller, away from the page's own thread. */

export interface Scaling {
  readonly blob: Blob;
  readonly maxPixels: number;
  readonly maxBytes: number;
}

export type Scaled =
  { readonly blob: Blob; readonly width: number; readonly height: number } | { readonly problem: string };

const JPEG_QUALITY = 0.92;
/** Each further try has this share of the pixels of the one before. */
const STEP = 0.7;
const MAX_TRIES = 8;

onmessage = async ({ data }: MessageEvent<Scaling>): Promise<void> => {
  const answer: Scaled = await scale(data).catch((error: unknown) => ({ problem: String(error) }));
  postMessage(answer);
};

async function scale({ blob, maxPixels, maxBytes }: Scaling): Promise<Scaled> {
  const picture = await createImageBitmap(blob);
  let pixels = Math.min(maxPixels, picture.width * picture.height);
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const times = Math.sqrt(pixels / (picture.width * picture.height));
    const width = Math.max(1, Math.floor(picture.width * times));
    const height = Math.max(1, Math.floor(picture.height * times));
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This browser cannot scale pictures');
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, 0, 0, width, height);
    // Only JPEG has no transparency to lose.
    const type = blob.type === 'image/jpeg' ? 'image/jpeg' : 'image/png';
    const scaled = await canvas.convertToBlob({ type, quality: JPEG_QUALITY });
    if (scaled.size <= maxBytes) return { blob: scaled, width, height };
    pixels *= STEP;
  }
  throw new Error('It is still too large');
}
