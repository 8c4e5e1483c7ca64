import { describe, expect, it } from 'vitest';
import { hasRoomAbove, pixelRegion, placeOf } from '../../src/studio/app/detect/geometry.js';

const size = { width: 100, height: 80 };

describe('boxes', () => {
  it('cut out every pixel that they touch', () => {
    expect(pixelRegion({ x: 10.4, y: 20.6, width: 5.2, height: 3 }, size)).toEqual({
      x: 10,
      y: 20,
      width: 6,
      height: 4,
    });
  });

  it('cut out nothing outside of the picture', () => {
    expect(pixelRegion({ x: -5, y: -1, width: 500, height: 500 }, size)).toEqual({
      x: 0,
      y: 0,
      width: 100,
      height: 80,
    });
  });

  it('cut out one pixel at least, even from beyond an edge', () => {
    expect(pixelRegion({ x: 100, y: 90, width: 0, height: 0 }, size)).toEqual({
      x: 99,
      y: 79,
      width: 1,
      height: 1,
    });
  });

  it('lie on the picture by shares', () => {
    expect(placeOf({ x: 0.125, y: 0, width: 1 / 3, height: 1 })).toEqual({
      left: '12.5%',
      top: '0%',
      width: '33.333%',
      height: '100%',
    });
  });

  it('have their label inside where there is no room above', () => {
    expect(hasRoomAbove({ x: 0, y: 0.01, width: 1, height: 1 })).toBe(false);
    expect(hasRoomAbove({ x: 0, y: 0.5, width: 1, height: 1 })).toBe(true);
  });
});
