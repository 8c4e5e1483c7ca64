import { XMLParser } from 'fast-xml-parser';
import { readFile } from 'node:fs/promises';
import { readHeader } from '../src/imaging/codec.js';
import type { Size } from '../src/imaging/picture.js';
import { averagePrecision, type JudgedImage, type LabelledBox } from './average-precision.js';
import { eachOf, type Bed } from './bed.js';
import type { LabelledSet } from './data.js';

/** Low enough for the whole precision-recall curve, as is usual. */
const MIN_SCORE = 0.01;
const COCO_NAMES = new URL('../models/labels/coco.txt', import.meta.url);

/** VOC's names for what COCO calls otherwise. */
const SYNONYMS: Readonly<Record<string, string>> = {
  aeroplane: 'airplane',
  motorbike: 'motorcycle',
  sofa: 'couch',
  pottedplant: 'potted plant',
  diningtable: 'dining table',
  tvmonitor: 'tv',
};

/** Mean average precision at IoU 0.5 over the classes that both the set and the model know. */
export async function measureDetection({ samples }: LabelledSet, model: string | undefined, bed: Bed) {
  const { prepared, labels, entry } = bed.catalog.resolve('DETECT_OBJECTS', model);
  const names = labels.map(({ name }) => common(name));
  const coco = (await readFile(COCO_NAMES, 'utf8')).trim().split('\n');
  const plan = {
    model: prepared,
    labels: [],
    minScore: MIN_SCORE,
    maxObjects: 300,
    classes: null,
    annotated: [],
    crops: [],
    classifications: [],
  };
  const images = await eachOf(samples, bed.runner.threads, async ({ image, truth }): Promise<JudgedImage> => {
    const bytes = await readFile(image);
    const size = await readHeader(bytes, { maxPixels: 1e9 });
    const text = await readFile(truth, 'utf8');
    const { detections } = await bed.analyze(bytes, { detections: [plan] });
    const objects = detections[0]?.objects ?? [];
    return {
      truth: truth.endsWith('.xml') ? fromVoc(text) : fromYolo(text, coco, size),
      found: objects.map(({ classIndex, score, box }) => ({ label: names[classIndex] ?? '', score, box })),
    };
  });
  const classes = [...new Set(images.flatMap(({ truth }) => truth.map(({ label }) => label)))].filter(
    (label) => names.includes(label),
  );
  const precisions = classes
    .map((label) => averagePrecision(images, label))
    .filter((value) => !Number.isNaN(value));
  return {
    model: entry.id,
    photos: samples.length,
    classes: precisions.length,
    mAP50: precisions.reduce((sum, value) => sum + value, 0) / precisions.length,
  };
}

function common(name: string): string {
  return SYNONYMS[name] ?? name;
}

/** `class centre-x centre-y width height`, in shares of the image. */
function fromYolo(text: string, names: readonly string[], { width, height }: Size): LabelledBox[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [index = 0, x = 0, y = 0, w = 0, h = 0] = line.trim().split(/\s+/).map(Number);
    const box = {
      left: (x - w / 2) * width,
      top: (y - h / 2) * height,
      width: w * width,
      height: h * height,
    };
    return { label: names[index] ?? '', box, difficult: false };
  });
}

interface VocObject {
  readonly name: string;
  readonly difficult?: number;
  readonly bndbox: {
    readonly xmin: number;
    readonly ymin: number;
    readonly xmax: number;
    readonly ymax: number;
  };
}

/** Corners count pixels from 1, both included. */
function fromVoc(text: string): LabelledBox[] {
  const parser = new XMLParser({ isArray: (name) => name === 'object', processEntities: false });
  const { annotation } = parser.parse(text) as { annotation: { object?: VocObject[] } };
  return (annotation.object ?? []).map(({ name, difficult, bndbox: { xmin, ymin, xmax, ymax } }) => ({
    label: common(name),
    box: { left: xmin - 1, top: ymin - 1, width: xmax - xmin + 1, height: ymax - ymin + 1 },
    difficult: difficult === 1,
  }));
}
