import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Picture, Size } from '../../../src/imaging/picture.js';
import { ROAD_COLOURS } from '../../../src/imaging/road-classes.js';
import { BAKED } from '../../../src/convert/bake/names.js';
import type { Network } from '../../../src/imaging/tensor.js';
import { segmentRoad } from '../../../src/tasks/segment-road/segment-road.js';
import { flat, maxDifference, pixelAt } from '../../kit/pictures.js';
import { colourSegmenter, type TestNetwork } from '../colour-networks.js';
import { BLUE, GREEN, opened, patches, RED, viewOf } from '../pictures.js';
import { road } from '../plans.js';

const SIZE = { width: 60, height: 40 };
/** Red above (road), green below on the left (curb), blue on the right (mark). */
function quartered({ width, height }: Size): Picture {
  const [left, top] = [Math.floor(width / 2), Math.floor(height / 2)];
  return patches(
    { width, height },
    RED,
    [{ left: 0, top, width: left, height: height - top }, GREEN],
    [{ left, top, width: width - left, height: height - top }, BLUE],
  );
}
const PICTURE = quartered(SIZE);
const MASK = { key: 'mask', format: 'PNG' } as const;

describe('road segmentation', () => {
  let segmenter: TestNetwork;
  beforeAll(async () => {
    segmenter = await colourSegmenter({ width: 12, height: 8 });
  });
  afterAll(() => segmenter.network.release());

  it('counts the pixels of each class that the model knows', async () => {
    const bands = patches(
      SIZE,
      RED,
      [{ left: 30, top: 0, width: 10, height: 40 }, GREEN],
      [{ left: 40, top: 0, width: 20, height: 40 }, BLUE],
    );

    const { areas } = await segmentRoad(viewOf(bands), segmenter.network, road(segmenter.model));

    expect(areas).toEqual([
      { class: 1, pixels: 1200 },
      { class: 2, pixels: 400 },
      { class: 3, pixels: 800 },
    ]);
  });

  it('makes no image that is not asked for', async () => {
    const { masks, overlays } = await segmentRoad(viewOf(PICTURE), segmenter.network, road(segmenter.model));

    expect([masks, overlays]).toEqual([{}, {}]);
  });

  it('makes a mask of the displayed size, though the network sees a smaller picture', async () => {
    const view = viewOf(quartered({ width: 600, height: 400 }));

    const { masks } = await segmentRoad(view, segmenter.network, road(segmenter.model, { masks: [MASK] }));

    expect(masks['mask']).toMatchObject({ width: 600, height: 400, format: 'PNG' });
    const values = await valuesOf(masks['mask']?.bytes);
    expect([values[0], values[600 * 399], values[600 * 400 - 1]]).toEqual([1, 2, 3]);
  });

  it.each([
    { width: 61, height: 43 },
    { width: 1, height: 1 },
    { width: 2500, height: 3 },
    { width: 1800, height: 1300 },
  ])('tells areas that are those of the mask, of $width x $height', async (size) => {
    const view = viewOf(quartered(size));

    const { areas, masks } = await segmentRoad(
      view,
      segmenter.network,
      road(segmenter.model, { masks: [MASK] }),
    );

    const values = await valuesOf(masks['mask']?.bytes);
    expect(values).toHaveLength(size.width * size.height);
    for (const area of areas) {
      expect(
        values.filter((value) => value === area.class),
        `class ${area.class}`,
      ).toHaveLength(area.pixels);
    }
  });

  it('paints an overlay in the colours of the classes', async () => {
    const overlays = [{ key: 'opaque', format: 'PNG', opacity: 1 }] as const;

    const outcome = await segmentRoad(
      viewOf(PICTURE),
      segmenter.network,
      road(segmenter.model, { overlays }),
    );

    const painted = await opened(outcome.overlays['opaque'] ?? expect.fail('no overlay'));
    expect(pixelAt(painted, 30, 2)).toEqual(ROAD_COLOURS[1]);
    expect(pixelAt(painted, 2, 38)).toEqual(ROAD_COLOURS[2]);
    expect(pixelAt(painted, 58, 38)).toEqual(ROAD_COLOURS[3]);
  });

  it('paints as strongly as is asked for, each overlay on the picture itself', async () => {
    const overlays = [0, 0.5, 1].map((opacity) => ({
      key: String(opacity),
      format: 'PNG' as const,
      opacity,
    }));
    const picture = flat(SIZE, RED);

    const outcome = await segmentRoad(
      viewOf(picture),
      segmenter.network,
      road(segmenter.model, { overlays }),
    );

    const colours = await Promise.all(
      overlays.map(async ({ key }) => pixelAt(await opened(outcome.overlays[key] ?? expect.fail(key)), 5, 5)),
    );
    expect(colours).toEqual([
      [255, 0, 0],
      [128, 80, 128],
      [0, 160, 255],
    ]);
    expect(maxDifference(picture.pixels, flat(SIZE, RED).pixels)).toBe(0);
  });
});

async function valuesOf(bytes: Uint8Array | undefined): Promise<Uint8Array> {
  return sharp(bytes).extractChannel(0).raw().toBuffer();
}

describe('the scores of a large picture', () => {
  /** The size that the network is asked to interpolate its scores to. */
  async function askedFor(displayed: Size): Promise<readonly number[]> {
    const network = await colourSegmenter({ width: 8, height: 8 });
    let size: readonly number[] = [];
    const small = flat({ width: 8, height: 8 }, RED);
    const decoded = () => Promise.resolve({ picture: small, took: 0 });
    const image = { displayed, at: decoded, enoughFor: decoded };
    const watched: Network = {
      run: (feeds) => {
        size = Array.from(feeds[BAKED.size]?.data ?? [], Number);
        return network.network.run(feeds);
      },
    };
    await segmentRoad(image, watched, road(network.model));
    await network.network.release();
    return size;
  }

  it('are interpolated to its own size up to a megapixel', async () => {
    expect(await askedFor({ width: 2048, height: 512 })).toEqual([512, 2048]);
    expect(await askedFor({ width: 300, height: 200 })).toEqual([200, 300]);
  });

  it('are bounded beyond that, in its proportions', async () => {
    expect(await askedFor({ width: 8192, height: 4096 })).toEqual([724, 1448]);
    expect(await askedFor({ width: 100_000, height: 200 })).toEqual([46, 22_897]);
  });
});
