import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { messageOf } from '../src/errors.js';
import type { Task } from '../src/convert/parsers/parsers.js';
import { Unmeasurable } from './measures.js';

/** A labelled set, by what it can measure. */
export interface LabelledSet {
  readonly task: Task;
  /** Paths of the images and of what belongs to each: labels, boxes, a photo's own name, or the picture itself. */
  readonly samples: readonly { readonly image: string; readonly truth: string }[];
}

const IMAGE = /\.(jpe?g|png|webp)$/i;
const CLASS_PHOTO = /^n\d{8}_.+\.jpe?g$/i;

/**
 * Tells from a folder's content what it is: `<wnid>_<name>.JPEG` photos for classification, `images/` and
 * `labels/` with the same names for road, photos with a YOLO .txt or a VOC .xml each for detection, and bare
 * pictures for super resolution.
 * @throws Unmeasurable when it is none of these
 */
export async function readSet(folder: string): Promise<LabelledSet> {
  const names = await namesIn(folder);
  const images = names.filter((name) => IMAGE.test(name));
  const at = (name: string) => join(folder, name);

  if (names.includes('images') && names.includes('labels')) {
    const labels = new Set(await namesIn(at('labels')));
    const frames = (await namesIn(at('images'))).filter((name) => IMAGE.test(name) && labels.has(name));
    if (frames.length > 0)
      return {
        task: 'SEGMENT_ROAD',
        samples: frames.map((name) => ({
          image: join(folder, 'images', name),
          truth: join(folder, 'labels', name),
        })),
      };
  }
  if (images.length > 0 && images.every((name) => CLASS_PHOTO.test(name))) {
    return { task: 'CLASSIFY', samples: images.map((name) => ({ image: at(name), truth: name })) };
  }
  const labelled = images.flatMap((name) => {
    const truth = boxesOf(name, names);
    return truth === undefined ? [] : [{ image: at(name), truth: at(truth) }];
  });
  if (labelled.length > 0) return { task: 'DETECT_OBJECTS', samples: labelled };
  if (images.length > 0)
    return { task: 'SUPER_RESOLVE', samples: images.map((name) => ({ image: at(name), truth: at(name) })) };
  throw new Unmeasurable(
    `There is nothing in ${folder} that can be measured: no labelled photos, no images/ and labels/ with the same names, no pictures`,
  );
}

/** The file with the boxes of an image. */
function boxesOf(image: string, names: readonly string[]): string | undefined {
  const stem = basename(image, extname(image));
  return [`${stem}.txt`, `${stem}.xml`].find((name) => names.includes(name));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (cause) {
    throw new Unmeasurable(`The folder ${folder} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
