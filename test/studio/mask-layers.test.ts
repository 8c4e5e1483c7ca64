import { describe, expect, it } from 'vitest';
import { layerOf, PAINTED_CLASSES, paintedSize } from '../../src/studio/app/road/mask-layers.js';
import { ROAD_CLASSES, ROAD_COLOURS } from '../../src/imaging/road-classes.js';

/** RGBA pixels with these class numbers. */
const maskOf = (...classes: number[]) =>
  new Uint8ClampedArray(classes.flatMap((value) => [value, value, value, 255]));

describe('layers of a mask', () => {
  it('have their colour where the class is, and nothing elsewhere', () => {
    expect([...layerOf(maskOf(1, 0, 2, 1), 1, [9, 8, 7])]).toEqual([
      ...[9, 8, 7, 255],
      ...[0, 0, 0, 0],
      ...[0, 0, 0, 0],
      ...[9, 8, 7, 255],
    ]);
  });

  it('are empty where the class is nowhere', () => {
    expect(layerOf(maskOf(0, 1, 2), 3, [1, 1, 1]).every((value) => value === 0)).toBe(true);
  });

  it('have the numbers and colours of the service', () => {
    for (const { value, class: name, colour } of PAINTED_CLASSES) {
      expect(ROAD_CLASSES[value]).toBe(name);
      expect(colour).toEqual(ROAD_COLOURS[value]);
    }
  });

  it('are no larger than they need to be, and never nothing', () => {
    expect(paintedSize({ width: 640, height: 480 })).toEqual({ width: 640, height: 480 });
    expect(paintedSize({ width: 8000, height: 4000 })).toEqual({ width: 1600, height: 800 });
    expect(paintedSize({ width: 40_000, height: 2 })).toEqual({ width: 1600, height: 1 });
  });
});
