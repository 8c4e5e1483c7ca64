import { describe, expect, it } from 'vitest';
import { bytesInWords, pixelsInWords } from '../src/size-words.js';

describe('sizes in words', () => {
  it('are short', () => {
    const sizes = [0, 12, 57_300, 999_999, 4_020_000, 20_000_000];
    expect(sizes.map((size) => bytesInWords(size))).toEqual([
      ...['0 bytes', '12 bytes', '57 kB', '1000 kB', '4 MB', '20 MB'],
    ]);
    const pictures = [1, 90_000, 300_000, 1_000_000, 4_000_000, 12_200_000];
    expect(pictures.map((pixels) => pixelsInWords(pixels))).toEqual([
      ...['1 pixels', '90,000 pixels', '0.3 megapixels', '1 megapixel', '4 megapixels', '12.2 megapixels'],
    ]);
  });

  it('never look alike on both sides of a limit', () => {
    expect(bytesInWords(20_971_520, Math.floor)).toBe('20.9 MB');
    expect(bytesInWords(20_971_521, Math.ceil)).toBe('21 MB');
    expect(pixelsInWords(4_000_000, Math.floor)).toBe('4 megapixels');
    expect(pixelsInWords(4_000_001, Math.ceil)).toBe('4.1 megapixels');
  });
});
