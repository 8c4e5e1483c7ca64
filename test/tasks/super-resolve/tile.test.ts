import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeLosslessly } from '../../../src/imaging/codec/encode.js';
import type { Picture, Region, Size } from '../../../src/imaging/picture.js';
import { scaledBy, tilesOf } from '../../../src/imaging/tiles.js';
import { outputFor } from '../../../src/registry/prepared-model.js';
import { blankShared, openShared, pictureOf } from '../../../src/tasks/super-resolve/shared-picture.js';
import { restoreTile, upscaleTile } from '../../../src/tasks/super-resolve/tile.js';
import {
  asSharp,
  flat,
  maxDifference,
  meanDifference,
  noise,
  pixelAt,
  pngOf,
  scene,
} from '../../kit/pictures.js';
import { prepareModel, type TestModel } from '../../kit/prepared.js';

const FACTOR = 4;
/** No picture here is larger. */
const ONE_TILE = 1000;

describe('super resolution by tiles', () => {
  let model: TestModel;
  let receptiveFieldRadius: number;
  beforeAll(async () => {
    model = await prepareModel('builtin-superres-x4');
    ({ receptiveFieldRadius } = outputFor('SUPER_RESOLVE', model.prepared));
  });
  afterAll(() => model.release());

  const upscaled = async (picture: Picture, edge: number, overlap: number): Promise<Picture> => {
    const source = await openShared(await pngOf(picture), picture, true);
    const target = blankShared({ ...scaledBy(whole(picture), FACTOR), channels: source.channels });
    for (const tile of tilesOf(picture, edge, overlap))
      await upscaleTile(source, tile, model.network, FACTOR, target);
    return pictureOf(target);
  };

  it.each([
    { width: 97, height: 61, edge: 32 },
    { width: 64, height: 65, edge: 64 },
    { width: 33, height: 129, edge: 17 },
    { width: 150, height: 5, edge: 24 },
    { width: 41, height: 37, edge: 9 },
  ])(
    'equals super resolution at once: $width x $height in tiles of $edge',
    async ({ width, height, edge }) => {
      const picture = noise({ width, height }, width);

      const [tiled, untiled] = [
        await upscaled(picture, edge, receptiveFieldRadius),
        await upscaled(picture, ONE_TILE, receptiveFieldRadius),
      ];

      expect(maxDifference(tiled.pixels, untiled.pixels)).toBeLessThanOrEqual(1);
    },
  );

  it('would show its seams without the overlap', async () => {
    const picture = noise({ width: 97, height: 61 }, 97);

    const [tiled, untiled] = [
      await upscaled(picture, 32, 0),
      await upscaled(picture, ONE_TILE, receptiveFieldRadius),
    ];

    expect(maxDifference(tiled.pixels, untiled.pixels)).toBeGreaterThan(16);
  });

  it.each([
    { width: 1, height: 1 },
    { width: 1, height: 50 },
    { width: 3, height: 2 },
  ])('works for $width x $height pixels, in one tile or many', async (size) => {
    const picture = noise(size, 5);

    const [tiled, untiled] = [
      await upscaled(picture, 1, receptiveFieldRadius),
      await upscaled(picture, ONE_TILE, receptiveFieldRadius),
    ];

    expect([untiled.width, untiled.height]).toEqual([size.width * FACTOR, size.height * FACTOR]);
    expect(maxDifference(tiled.pixels, untiled.pixels)).toBeLessThanOrEqual(1);
  });

  it('keeps the colour of a single pixel', async () => {
    const pixel = flat({ width: 1, height: 1 }, [200, 100, 50]);

    const { pixels } = await upscaled(pixel, ONE_TILE, receptiveFieldRadius);

    expect(
      maxDifference(pixels, flat({ width: FACTOR, height: FACTOR }, [200, 100, 50]).pixels),
    ).toBeLessThanOrEqual(1);
  });

  it('is closer to the original than cubic interpolation', async () => {
    const original = scene({ width: 240, height: 160 });
    const small = { width: 60, height: 40 };
    const shrunk = await asSharp(original)
      .resize(small.width, small.height, { kernel: 'cubic' })
      .raw()
      .toBuffer();
    const picture: Picture = { ...small, channels: 3, pixels: shrunk };
    const cubic = await asSharp(picture).resize(240, 160, { kernel: 'cubic', fit: 'fill' }).raw().toBuffer();

    const { pixels } = await upscaled(picture, ONE_TILE, receptiveFieldRadius);

    expect(meanDifference(pixels, original.pixels)).toBeLessThan(
      0.9 * meanDifference(cubic, original.pixels),
    );
  });

  it('hands back the core of a tile, as it was pasted', async () => {
    const picture = noise({ width: 50, height: 30 }, 6);
    const source = await openShared(await pngOf(picture), picture, true);
    const target = blankShared({ width: 200, height: 120, channels: 3 });
    const tile = tilesOf(picture, 20, receptiveFieldRadius)[4] ?? expect.fail('too few tiles');

    const core = await upscaleTile(source, tile, model.network, FACTOR, target);

    const place = scaledBy(tile.core, FACTOR);
    expect([core.width, core.height]).toEqual([place.width, place.height]);
    expect(pixelAt(core, 3, 2)).toEqual(pixelAt(pictureOf(target), place.left + 3, place.top + 2));
    expect(pixelAt(pictureOf(target), 0, 0)).toEqual([0, 0, 0]);
  });

  it('takes no kept tile of another kind', async () => {
    const grey = await encodeLosslessly({ width: 4, height: 4, channels: 1, pixels: new Uint8Array(16) });
    const target = blankShared({ width: 8, height: 8, channels: 4 });

    const restored = restoreTile(grey, { left: 0, top: 0, width: 1, height: 1 }, FACTOR, target);

    await expect(restored).rejects.toThrow('Expected a tile of 4 channels, and it has 1');
  });

  it('goes on from tiles that were kept', async () => {
    const picture = noise({ width: 50, height: 30 }, 7);
    const untiled = await upscaled(picture, ONE_TILE, receptiveFieldRadius);
    const source = await openShared(await pngOf(picture), picture, true);
    const [first, second] = [blankShared(untiled), blankShared(untiled)];

    for (const tile of tilesOf(picture, 20, receptiveFieldRadius)) {
      const kept = await encodeLosslessly(await upscaleTile(source, tile, model.network, FACTOR, first));
      await restoreTile(kept, tile.core, FACTOR, second);
    }

    expect(maxDifference(pictureOf(second).pixels, pictureOf(first).pixels)).toBe(0);
    expect(maxDifference(pictureOf(second).pixels, untiled.pixels)).toBeLessThanOrEqual(1);
  });
});

function whole({ width, height }: Size): Region {
  return { left: 0, top: 0, width, height };
}
