import { describe, expect, it } from 'vitest';
import { bleed } from '../../src/imaging/bleed.js';
import { colourOf, withAlpha } from '../../src/imaging/channels.js';
import type { Colour } from '../../src/imaging/colour.js';
import type { Picture, Size } from '../../src/imaging/picture.js';
import { flat, maxDifference, noise, pixelAt, randomNumbers } from '../kit/pictures.js';

const RED: Colour = [220, 30, 30];
const GREEN: Colour = [0, 255, 0];
const BLUE: Colour = [0, 0, 200];

describe('colours that run into transparent parts', () => {
  it.each([
    { width: 40, height: 40 },
    { width: 37, height: 21 },
    { width: 1, height: 50 },
    { width: 64, height: 2 },
  ])('are the only ones left, however small the visible part of $width x $height is', (size) => {
    const middle = Math.floor(size.height / 2) * size.width + Math.floor(size.width / 2);
    const alpha = new Uint8Array(size.width * size.height);
    alpha[middle] = 255;

    const { pixels } = bleed(painted(size, alpha, RED, GREEN));

    expect(maxDifference(pixels, flat(size, RED).pixels)).toBe(0);
  });

  it('do not depend on what a soft edge is drawn with, nor on how far out it goes', () => {
    const size = { width: 30, height: 30 };
    const alpha = Uint8Array.from({ length: 900 }, (_, at) => {
      const distance = Math.hypot((at % 30) - 14.5, Math.floor(at / 30) - 14.5);
      return Math.max(0, Math.min(255, Math.round(400 - 30 * distance)));
    });

    const { pixels } = bleed(painted(size, alpha, RED, GREEN));

    expect(maxDifference(pixels, flat(size, RED).pixels)).toBe(0);
  });

  it('stay what they are where a picture is evenly translucent', () => {
    const picture = noise({ width: 20, height: 13 }, 5);

    for (const value of [1, 128, 255]) {
      const alpha = new Uint8Array(20 * 13).fill(value);
      expect(maxDifference(bleed(withAlpha(picture, alpha)).pixels, picture.pixels)).toBe(0);
    }
  });

  it('come from the nearest visible part', () => {
    const size = { width: 64, height: 8 };
    const alpha = Uint8Array.from({ length: 64 * 8 }, (_, at) => (at % 64 < 8 || at % 64 >= 56 ? 255 : 0));
    const picture = painted(size, alpha, RED, GREEN);
    for (let y = 0; y < 8; y += 1)
      for (let x = 56; x < 64; x += 1) picture.pixels.set(BLUE, (y * 64 + x) * 4);

    const spread = bleed(picture);

    expect(maxDifference(pixelAt(spread, 9, 4), RED)).toBeLessThan(40);
    expect(maxDifference(pixelAt(spread, 54, 4), BLUE)).toBeLessThan(40);
  });

  it('count for less the less they show beside their neighbours', () => {
    const alpha = new Uint8Array(81).fill(255);
    alpha[40] = 2;
    const picture = painted({ width: 9, height: 9 }, alpha, RED, GREEN);
    picture.pixels.set(GREEN, 40 * 4);

    const [red = 0, green = 255] = pixelAt(bleed(picture), 4, 4);

    expect(red).toBeGreaterThan(180);
    expect(green).toBeLessThan(60);
  });

  it('are black where nothing shows at all', () => {
    const size = { width: 7, height: 5 };

    const { pixels, channels } = bleed(painted(size, new Uint8Array(35), RED, GREEN));

    expect(channels).toBe(3);
    expect(pixels.every((value) => value === 0)).toBe(true);
  });

  it('are grey for a grey picture', () => {
    const random = randomNumbers(3);
    const grey: Picture = {
      width: 11,
      height: 6,
      channels: 1,
      pixels: Uint8Array.from({ length: 66 }, () => random() * 256),
    };
    const alpha = Uint8Array.from({ length: 66 }, () => random() * 256);

    const { pixels } = bleed(withAlpha(grey, alpha));

    expect(pixels.every((value, at) => value === pixels[at - (at % 3)])).toBe(true);
    expect(maxDifference(pixels, bleed(withAlpha(colourOf(grey), alpha)).pixels)).toBe(0);
  });
});

/** One colour where anything shows, another beneath. */
function painted(size: Size, alpha: Uint8Array, shown: Colour, beneath: Colour): Picture {
  const picture = flat(size, shown);
  alpha.forEach((value, at) => {
    if (value === 0) picture.pixels.set(beneath, at * 3);
  });
  return withAlpha(picture, alpha);
}
