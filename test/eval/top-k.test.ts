import { describe, expect, it } from 'vitest';
import { classOf, topK } from '../../eval/top-k.js';

const synsets = [
  { name: 'background', synset: null },
  { name: 'crane', synset: 'n02012849' },
  { name: 'crane', synset: 'n03126707' },
];
const names = [
  { name: 'African elephant, Loxodonta africana', synset: null },
  { name: "jack-o'-lantern", synset: null },
];

describe('the class of a photo', () => {
  it('is found by its WordNet id, whatever its name', () => {
    expect(classOf('n03126707_crane.JPEG', synsets)).toBe(2);
    expect(classOf('n02012849_a_bird.JPEG', synsets)).toBe(1);
  });

  it('is found by the first of its names where a list has no ids', () => {
    expect(classOf('n02504458_African_elephant.JPEG', names)).toBe(0);
    expect(classOf('n03590841_jack-o-lantern.JPEG', names)).toBe(1);
    expect(classOf("n03590841_Jack-o'-lantern.JPEG", names)).toBe(1);
  });

  it('is not found by a name when the list has another id for it', () => {
    expect(classOf('n00000001_crane.JPEG', synsets)).toBe(-1);
  });

  it('is not found where the model does not know it', () => {
    expect(classOf('n02504013_Indian_elephant.JPEG', names)).toBe(-1);
  });

  it('is not found in a file that is not named after a class', () => {
    expect(classOf('holiday.jpg', [...synsets, ...names])).toBe(-1);
  });
});

describe('top-k', () => {
  const places = [0, 0, 1, 4, -1];

  it.each([
    [1, 0.4],
    [2, 0.6],
    [5, 0.8],
  ])('of %i is the share of photos with their class among so many', (k, expected) => {
    expect(topK(places, k)).toBeCloseTo(expected, 10);
  });
});
