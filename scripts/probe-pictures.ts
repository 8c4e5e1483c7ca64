/** Makes models/probe: small pictures that every model is proved with, out of the project's own renderings. */
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

/** The share of a picture that becomes black, and that becomes white. */
const SHADOWS = 0.1;
const SIZE = { width: 96, height: 72 };
const PICTURES = { street: 'images/road/street.jpg', teapot: 'images/classification/teapot.jpg' };
const ROOT = new URL('../', import.meta.url);

for (const [name, source] of Object.entries(PICTURES)) {
  const { data } = await sharp(fileURLToPath(new URL(source, ROOT)))
    .resize(SIZE.width, SIZE.height, { fit: 'cover' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { ...SIZE, channels: 3 } as const;
  await sharp(stretched(data), { raw })
    .png({ compressionLevel: 9 })
    .toFile(fileURLToPath(new URL(`models/probe/${name}.png`, ROOT)));
}

/** Each channel from 0 to 255, with areas of either: what a network does with black and white shows, too. */
function stretched(pixels: Uint8Array): Uint8Array {
  const result = Uint8Array.from(pixels);
  for (let channel = 0; channel < 3; channel += 1) {
    const values = pixels.filter((_, index) => index % 3 === channel).sort();
    const min = values[Math.floor(values.length * SHADOWS)] ?? 0;
    const max = values[Math.floor(values.length * (1 - SHADOWS))] ?? 255;
    for (let index = channel; index < result.length; index += 3) {
      const value = Math.round((((pixels[index] ?? 0) - min) * 255) / (max - min));
      result[index] = Math.min(Math.max(value, 0), 255);
    }
  }
  return result;
}
