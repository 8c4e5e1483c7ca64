import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/build-inputs.mjs';

const IMAGES = join(ROOT, 'images');

/** The pictures of a folder of samples, by path. */
export function sampleFiles(folder: string): string[] {
  const path = join(IMAGES, folder);
  return readdirSync(path)
    .filter((name) => /\.(jpg|png)$/.test(name))
    .sort()
    .map((name) => join(path, name));
}

/** A street with a car in it: there is a road to find and an object. */
export const street = (): string => join(IMAGES, 'road', 'street.jpg');

/** A picture with things in it that the detector knows. */
export const things = (): string => join(IMAGES, 'detection', 'car-park.jpg');
