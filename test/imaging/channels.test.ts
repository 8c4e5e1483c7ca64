import { describe, expect, it } from 'vitest';
import {
  channelOf,
  colourOf,
  greyOf,
  hasAlpha,
  isGrey,
  isTransparent,
  withAlpha,
} from '../../src/imaging/channels.js';
import type { Channels, Picture } from '../../src/imaging/picture.js';

describe('pictures of one to four channels', () => {
  it.each<[Channels, boolean]>([
    [1, false],
    [2, true],
    [3, false],
    [4, true],
  ])('with %i channels have alpha: %s', (channels, alpha) => {
    expect(hasAlpha(channels)).toBe(alpha);
  });

  it.each<[string, Channels, number[], number[]]>([
    ['grey', 1, [7, 9], [7, 7, 7, 9, 9, 9]],
    ['grey and alpha', 2, [7, 1, 9, 2], [7, 7, 7, 9, 9, 9]],
    ['RGB', 3, [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]],
    ['RGBA', 4, [1, 2, 3, 0, 4, 5, 6, 255], [1, 2, 3, 4, 5, 6]],
  ])('of %s show their colours as RGB', (_name, channels, pixels, rgb) => {
    expect(colourOf(pair(channels, pixels))).toEqual(pair(3, rgb));
  });

  it.each<[Channels, number[], boolean]>([
    [3, [0, 0, 0, 255, 255, 255], false],
    [4, [0, 0, 0, 255, 9, 9, 9, 255], false],
    [4, [0, 0, 0, 255, 9, 9, 9, 254], true],
    [2, [0, 255, 0, 255], false],
    [2, [0, 0, 0, 255], true],
  ])('are transparent when an alpha value is not 255: %i channels %j', (channels, pixels, transparent) => {
    expect(isTransparent(pair(channels, pixels))).toBe(transparent);
  });

  it.each([
    [[1, 1, 1, 200, 200, 200], true],
    [[1, 1, 1, 200, 200, 201], false],
    [[1, 2, 1, 200, 200, 200], false],
  ])('are grey when all channels are equal everywhere: %j', (pixels, grey) => {
    expect(isGrey(pair(3, pixels))).toBe(grey);
  });

  it('become grey by the mean of their channels', () => {
    expect(greyOf(pair(3, [0, 0, 255, 10, 20, 31]))).toEqual(pair(1, [85, 20]));
  });

  it('are taken apart and put together again', () => {
    const rgba = pair(4, [1, 2, 3, 4, 5, 6, 7, 8]);
    const grey = pair(2, [1, 2, 3, 4]);

    expect(withAlpha(colourOf(rgba), channelOf(rgba, 3).pixels)).toEqual(rgba);
    expect(withAlpha(channelOf(grey, 0), channelOf(grey, 1).pixels)).toEqual(grey);
  });
});

/** Two pixels. */
function pair(channels: Channels, pixels: readonly number[]): Picture {
  return { width: 2, height: 1, channels, pixels: Uint8Array.from(pixels) };
}
