import { describe, expect, it } from 'vitest';
import { cssColour, labelColour, luminance } from '../../src/studio/app/detect/label-colours.js';

const CLASSES = Array.from({ length: 90 }, (_, index) => index);

describe('colours of classes', () => {
  it('let black letters be read, by WCAG AAA', () => {
    for (const index of CLASSES) expect((luminance(labelColour(index)) + 0.05) / 0.05).toBeGreaterThan(7);
  });

  it('differ from class to class', () => {
    const colours = CLASSES.map((index) => cssColour(labelColour(index)));
    expect(new Set(colours).size).toBe(CLASSES.length);
  });

  it('know white from black', () => {
    expect(luminance([255, 255, 255])).toBeCloseTo(1);
    expect(luminance([0, 0, 0])).toBe(0);
  });
});
