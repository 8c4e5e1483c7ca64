import { XMLParser } from 'fast-xml-parser';
import type { Size } from '../src/imaging/picture.js';
import type { LabelledBox } from './average-precision.js';

/** VOC's names for what COCO calls otherwise. */
const SYNONYMS: Readonly<Record<string, string>> = {
  aeroplane: 'airplane',
  motorbike: 'motorcycle',
  sofa: 'couch',
  pottedplant: 'potted plant',
  diningtable: 'dining table',
  tvmonitor: 'tv',
};

/** A class's name as COCO has it. */
export function cocoName(name: string): string {
  return SYNONYMS[name] ?? name;
}

/** `class centre-x centre-y width height` a line, in shares of the image. */
export function fromYolo(text: string, names: readonly string[], { width, height }: Size): LabelledBox[] {
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
export function fromVoc(text: string): LabelledBox[] {
  const parser = new XMLParser({ isArray: (name) => name === 'object', processEntities: false });
  const { annotation } = parser.parse(text) as { annotation: { object?: VocObject[] } };
  return (annotation.object ?? []).map(({ name, difficult, bndbox: { xmin, ymin, xmax, ymax } }) => ({
    label: cocoName(name),
    box: { left: xmin - 1, top: ymin - 1, width: xmax - xmin + 1, height: ymax - ymin + 1 },
    difficult: difficult === 1,
  }));
}
