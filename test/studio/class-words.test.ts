import { describe, expect, it } from 'vitest';
import { classWords } from '../../src/studio/app/classify/class-words.js';
import { labelsWith } from '../../src/studio/app/models/labels-with.js';

describe('the answer of a classifier in words', () => {
  const labels = [{ name: 'tabby, tabby cat', score: 0.34 }];

  it('is as sure as the model can be', () => {
    expect(classWords(labels, 0.34)).toBe('It is tabby, 34 %');
    expect(classWords(labels, 0.341)).toBe('Not sure. Closest: tabby, 34 %');
  });

  it('is taken as it is where nothing is known of the model', () => {
    expect(classWords(labels, null)).toBe('It is tabby, 34 %');
    expect(classWords(labels, undefined)).toBe('It is tabby, 34 %');
    expect(classWords([], 0.5)).toBe('No class');
  });
});

describe('labels that are searched', () => {
  it('have every word, in any order and case', () => {
    const labels = ['hot dog, hotdog', 'Great Dane', 'dogsled'];
    expect(labelsWith(labels, 'DOG hot')).toEqual(['hot dog, hotdog']);
    expect(labelsWith(labels, ' dog ')).toEqual(['hot dog, hotdog', 'dogsled']);
    expect(labelsWith(labels, '')).toEqual(labels);
    expect(labelsWith(labels, 'cat')).toEqual([]);
  });
});
