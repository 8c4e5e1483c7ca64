import type { RoadClass } from '../../../client/operations.js';

/** A class of the mask that can be painted: the value of its pixels, its colour and its name. */
export interface PaintedClass {
  readonly value: number;
  readonly class: Exclude<RoadClass, 'BACKGROUND'>;
  /** Red, green, blue: 0..255. */
  readonly colour: readonly [number, number, number];
  readonly title: string;
}

/** As the service's own overlays are painted. */
export const PAINTED_CLASSES: readonly PaintedClass[] = [
  { value: 1, class: 'ROAD', colour: [0, 160, 255], title: 'Road' },
  { value: 2, class: 'CURB', colour: [255, 90, 60], title: 'Curbs' },
  { value: 3, class: 'MARK', colour: [255, 225, 0], title: 'Marks' },
];

/** Finer than this is finer than what the networks know. */
const LONGEST_SIDE = 1600;

/** The size at which a mask is painted. */
export function paintedSize({ width, height }: { readonly width: number; readonly height: number }): {
  readonly width: number;
  readonly height: number;
} {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * One class of a mask as a layer: its colour where the mask has it, nothing elsewhere.
 * @param mask RGBA; red is the number of the class
 * @returns RGBA
 */
export function layerOf(
  mask: Uint8ClampedArray<ArrayBuffer>,
  value: number,
  colour: readonly [number, number, number],
): Uint8ClampedArray<ArrayBuffer> {
  const layer = new Uint8ClampedArray(mask.length);
  for (let at = 0; at < mask.length; at += 4) {
    if (mask[at] !== value) continue;
    layer[at] = colour[0];
    layer[at + 1] = colour[1];
    layer[at + 2] = colour[2];
    layer[at + 3] = 255;
  }
  return layer;
}
