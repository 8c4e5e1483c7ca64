import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Colour } from '../../../src/imaging/colour.js';
import type { Picture, Size } from '../../../src/imaging/picture.js';
import { cut } from '../../../src/imaging/tiles.js';
import { flat, maxDifference, pngOf } from '../../kit/pictures.js';
import { prepareModel, type TestModel } from '../../kit/prepared.js';
import { superResolved, FACTOR, SUPER_RESOLVERS } from './models.js';

const SIZES: readonly Size[] = [
  { width: 48, height: 48 },
  { width: 33, height: 7 },
  { width: 2, height: 3 },
  { width: 1, height: 1 },
];
/** With how far off the nets are even in the middle of a large flat picture. */
const COLOURS: readonly [string, Colour, number][] = [
  ['white', [255, 255, 255], 0],
  ['black', [0, 0, 0], 0],
  ['grey', [128, 128, 128], 0],
  ['red', [255, 0, 0], 1],
  ['teal', [20, 140, 160], 1],
  ['yellow', [250, 240, 10], 2],
];

describe.each(SUPER_RESOLVERS)('at the edges of a picture, %s', (id) => {
  let model: TestModel;
  beforeAll(async () => {
    model = await prepareModel(id);
  });
  afterAll(() => model.release());

  it.each(COLOURS)('keeps a flat %s', async (_name, colour, tolerance) => {
    for (const size of SIZES) {
      const { pixels, channels, ...larger } = await superResolved(await pngOf(flat(size, colour)), model);

      const expected = flat(larger, colour).pixels.filter((_, at) => channels === 3 || at % 3 === 0);
      expect(maxDifference(pixels, expected), JSON.stringify(size)).toBeLessThanOrEqual(tolerance);
    }
  });

  it.each([
    ['across', 2.5, 0],
    ['down', 0, 2.5],
    ['both', 1.5, -1],
  ])('goes on with a slope that runs %s', async (_direction, across, down) => {
    const large = slope({ width: 80, height: 80 }, across, down);
    const middle = { left: 20, top: 20, width: 40, height: 40 };

    const alone = await superResolved(await pngOf(cut(large, middle)), model);

    const within = await superResolved(await pngOf(large), model);
    const size = { width: 40 * FACTOR, height: 40 * FACTOR };
    const expected = cut(within, { left: 20 * FACTOR, top: 20 * FACTOR, ...size });
    expect(maxDifference(alone.pixels, expected.pixels)).toBeLessThanOrEqual(1);
  });
});

/** Colours that grow by so much a pixel. */
function slope({ width, height }: Size, across: number, down: number): Picture {
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    const [x, y] = [(pixel % width) - width / 2, Math.floor(pixel / width) - height / 2];
    return Math.round(110 + across * x + down * y + (at % 3) * 12);
  });
  return { width, height, channels: 3, pixels };
}
