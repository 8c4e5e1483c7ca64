import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

export interface Pictures {
  /** Where they come from, for the report. */
  readonly origin: string;
  readonly files: readonly Uint8Array[];
}

/** Photos that lie beside a checkout of the project; a clone alone has none. */
const PHOTOS = fileURLToPath(new URL('../../shared/images/', import.meta.url));

/** Everyday pictures of different sizes, as JPEG files. */
export async function everydayPictures(): Promise<Pictures> {
  const files = await photos();
  if (files.length > 0) return { origin: 'photos', files };
  const sizes = [
    [640, 480],
    [1280, 720],
    [500, 750],
    [1600, 1200],
  ] as const;
  return {
    origin: 'generated',
    files: await Promise.all(sizes.map(([width, height], index) => generated(width, height, index))),
  };
}

/** Different pictures of one size: equal ones would be one job to the service. */
export async function picturesOfSize(width: number, height: number, count: number): Promise<Uint8Array[]> {
  const { files } = await everydayPictures();
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const file = files[index % files.length];
      // The same photo looks different each time that it comes around.
      const hue = Math.floor(index / files.length) * 40;
      return sharp(file).resize(width, height).modulate({ hue }).jpeg().toBuffer();
    }),
  );
}

async function photos(): Promise<Uint8Array[]> {
  if (!existsSync(PHOTOS)) return [];
  const paths = await readdir(PHOTOS, { recursive: true });
  const jpegs = paths.filter((path) => path.endsWith('.jpg')).sort();
  return Promise.all(jpegs.map((path) => readFile(`${PHOTOS}${path}`)));
}

/** Soft noise: as much work for a decoder and an encoder as a photo, unlike an even area. */
async function generated(width: number, height: number, seed: number): Promise<Uint8Array> {
  const noise = { type: 'gaussian', mean: 90 + 20 * seed, sigma: 40 } as const;
  const [small, large] = [Math.ceil(width / 8), Math.ceil(height / 8)];
  const cloud = await sharp({
    create: { width: small, height: large, channels: 3, background: 'black', noise },
  })
    .png()
    .toBuffer();
  return sharp(cloud).resize(width, height, { fit: 'fill' }).jpeg().toBuffer();
}
