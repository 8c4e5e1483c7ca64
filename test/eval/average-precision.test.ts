import { describe, expect, it } from 'vitest';
import { averagePrecision as area, judge, type JudgedImage } from '../../eval/average-precision.js';

const averagePrecision = (images: readonly JudgedImage[], label: string) => area(judge(images, label));
const box = (left: number, width = 10) => ({ left, top: 0, width, height: 10 });
const cat = (left: number, difficult = false) => ({ label: 'cat', box: box(left), difficult });
const found = (left: number, score: number, label = 'cat') => ({ label, box: box(left), score });
const image = (truth: JudgedImage['truth'], hits: JudgedImage['found']): JudgedImage => ({
  truth,
  found: hits,
});

describe('average precision', () => {
  it('is 1 when everything is found and nothing else', () => {
    const images = [image([cat(0), cat(50)], [found(0, 0.9), found(51, 0.4)]), image([], [])];
    expect(averagePrecision(images, 'cat')).toBe(1);
  });

  it('is 0 when nothing is found', () => {
    expect(averagePrecision([image([cat(0)], [])], 'cat')).toBe(0);
  });

  it('is not a number for a class that no image holds', () => {
    expect(averagePrecision([image([cat(0)], [found(0, 0.9, 'dog')])], 'dog')).toBeNaN();
  });

  it('is the area under the curve with precision made monotone', () => {
    // By falling score: hit (recall 1/2, precision 1), miss, hit (recall 1, precision 2/3).
    const images = [image([cat(0), cat(50)], [found(0, 0.9), found(200, 0.8), found(50, 0.7)])];
    expect(averagePrecision(images, 'cat')).toBeCloseTo(1 / 2 + (1 / 2) * (2 / 3), 10);
  });

  it('raises a precision to the best one at any higher recall', () => {
    // Miss, hit, hit: the precisions 1/2 and 2/3 count as 2/3 each.
    const images = [image([cat(0), cat(50)], [found(200, 0.9), found(0, 0.8), found(50, 0.7)])];
    expect(averagePrecision(images, 'cat')).toBeCloseTo(2 / 3, 10);
  });

  it('ranks the boxes of all images together', () => {
    const images = [image([cat(0)], [found(0, 0.3)]), image([], [found(0, 0.9)])];
    expect(averagePrecision(images, 'cat')).toBeCloseTo(1 / 2, 10);
  });

  it('counts a second box on the same object as a miss', () => {
    const images = [image([cat(0), cat(50)], [found(0, 0.9), found(1, 0.8), found(50, 0.7)])];
    expect(averagePrecision(images, 'cat')).toBeCloseTo(1 / 2 + (1 / 2) * (2 / 3), 10);
  });

  it.each([
    [3, 1], // 7 of 13
    [4, 0], // 6 of 14
  ])('with a box %i of 10 pixels beside its object is %i', (beside, expected) => {
    expect(averagePrecision([image([cat(0)], [found(beside, 0.9)])], 'cat')).toBe(expected);
  });

  it('leaves difficult objects out, found or not', () => {
    const images = [image([cat(0), cat(50, true), cat(90, true)], [found(50, 0.9), found(0, 0.8)])];
    expect(averagePrecision(images, 'cat')).toBe(1);
  });

  it('takes no box of another class for a hit', () => {
    expect(averagePrecision([image([cat(0)], [found(0, 0.9, 'dog')])], 'cat')).toBe(0);
  });
});
