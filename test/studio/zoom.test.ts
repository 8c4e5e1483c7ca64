import { describe, expect, it } from 'vitest';
import { constrained, scalesOf, type Viewport } from '../../src/studio/app/picture/zoom.js';

const view = (fitted: { width: number; height: number }, perPixel = 1): Viewport => ({
  window: { width: 800, height: 600 },
  fitted,
  perPixel,
});

describe('scalesOf', () => {
  it('reaches from the whole picture to pixels that can be counted', () => {
    expect(scalesOf(view({ width: 800, height: 600 }, 0.2))).toEqual([1, 80]);
  });

  it('lets a small picture, which is shown enlarged, shrink to its pixels', () => {
    expect(scalesOf(view({ width: 480, height: 480 }, 6))).toEqual([1 / 6, 8]);
  });
});

describe('constrained', () => {
  it('leaves a whole picture where it is', () => {
    expect(constrained({ k: 1, x: 0, y: 0 }, view({ width: 800, height: 600 }))).toEqual({ x: 0, y: 0 });
    expect(constrained({ k: 1, x: 90, y: -90 }, view({ width: 800, height: 600 }))).toEqual({ x: 0, y: 0 });
  });

  it('lets no edge come inside', () => {
    const whole = view({ width: 800, height: 600 });
    expect(constrained({ k: 2, x: 50, y: 50 }, whole)).toEqual({ x: 0, y: 0 });
    expect(constrained({ k: 2, x: -5000, y: -5000 }, whole)).toEqual({ x: -800, y: -600 });
    expect(constrained({ k: 2, x: -100, y: -200 }, whole)).toEqual({ x: -100, y: -200 });
  });

  it('keeps a strip in the middle, however it is moved along', () => {
    const strip = view({ width: 800, height: 5 });
    const { x, y } = constrained({ k: 4, x: -500, y: 77 }, strip);
    expect(x).toBe(-500);
    // Its middle, at 300, comes to lie at 300.
    expect(y + 4 * 300).toBe(300);
  });

  it('lets a strip that has become higher than the window be moved across', () => {
    const strip = view({ width: 800, height: 60 });
    const top = constrained({ k: 20, x: 0, y: 9999 }, strip).y + 20 * 270;
    const bottom = constrained({ k: 20, x: 0, y: -99999 }, strip).y + 20 * 330;
    expect([top, bottom]).toEqual([0, 600]);
  });
});
