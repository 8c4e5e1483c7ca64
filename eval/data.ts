import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Task } from '../src/registry/manifest.js';

/** A labelled set, by what it can measure. */
export interface LabelledSet {
  readonly task: Task;
  /** Paths of the images and of what belongs to each. */
  readonly samples: readonly { readonly image: string; readonly truth: string }[];
}

const IMAGE = /\.(jpe?g|png|webp)$/i;
const CLASS_PHOTO = /^n\d{8}_.+\.jpe?g$/i;

/**
 * Tells from a folder's content what it is: `<wnid>_<name>.JPEG` photos for classification, `images/` and
 * `labels/` of the same names for road, photos with a YOLO .txt or a VOC .xml each for detection, and bare
 * pictures for super resolution.
 * @throws Error when it is none of these
 */
export async function readSet(folder: string): Promise<LabelledSet> {
  const names = (await readdir(folder)).sort();
  const images = names.filter((name) => IMAGE.test(name));
  const at = (name: string) => join(folder, name);
  const beside = (image: string) =>
    ['.txt', '.xml']
      .map((extension) => basename(image, extname(image)) + extension)
      .find((name) => names.includes(name));

  if (names.includes('images') && names.includes('labels')) {
    const pictures = (await readdir(at('images'))).filter((name) => IMAGE.test(name)).sort();
    const samples = pictures.map((name) => ({
      image: join(folder, 'images', name),
      truth: join(folder, 'labels', name),
    }));
    return { task: 'SEGMENT_ROAD', samples };
  }
  if (images.length > 0 && images.every((name) => CLASS_PHOTO.test(name))) {
    return { task: 'CLASSIFY', samples: images.map((name) => ({ image: at(name), truth: name })) };
  }
  const labelled = images.flatMap((name) => {
    const truth = beside(name);
    return truth === undefined ? [] : [{ image: at(name), truth: at(truth) }];
  });
  if (labelled.length > 0) return { task: 'DETECT_OBJECTS', samples: labelled };
  if (images.length > 0)
    return { task: 'SUPER_RESOLVE', samples: images.map((name) => ({ image: at(name), truth: at(name) })) };
  throw new Error(
    `There is nothing in ${folder} that can be measured: no labelled photos, no images/ and labels/, no pictures`,
  );
}
