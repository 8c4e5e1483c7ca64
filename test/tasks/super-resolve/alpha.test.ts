import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelOf, colourOf, greyOf, withAlpha } from '../../../src/imaging/channels.js';
import type { Colour } from '../../../src/imaging/colour.js';
import type { Picture } from '../../../src/imaging/picture.js';
import type { Network } from '../../../src/imaging/tensor.js';
import { asSharp, flat, maxDifference, meanDifference, pngOf, scene } from '../../kit/pictures.js';
import { prepareModel, type TestModel } from '../../kit/prepared.js';
import { superResolved, FACTOR, SUPER_RESOLVERS } from './models.js';

const SIDE = 44;
const RED: Colour = [220, 30, 30];
const BENEATH: readonly [string, Colour][] = [
  ['black', [0, 0, 0]],
  ['white', [255, 255, 255]],
  ['green', [0, 255, 0]],
];

describe.each(SUPER_RESOLVERS)('a picture with transparency, enlarged by %s', (id) => {
  let model: TestModel;
  beforeAll(async () => {
    model = await prepareModel(id);
  });
  afterAll(() => model.release());

  describe.each(BENEATH)('with %s beneath', (_name, beneath) => {
    it.each([
      ['hard', 1],
      ['smooth', 4],
      ['soft', 30],
    ])('has no fringe at a %s edge', async (_edge, softness) => {
      const { pixels, channels } = await superResolved(await pngOf(disc(SIDE, softness, beneath)), model);

      expect(channels).toBe(4);
      let shown = 0;
      for (let at = 0; at < pixels.length; at += 4) {
        if (pixels[at + 3] === 0) continue;
        shown += 1;
        expect(maxDifference(pixels.subarray(at, at + 3), RED)).toBeLessThanOrEqual(2);
      }
      expect(shown).toBeGreaterThan(0.3 * SIDE * SIDE * FACTOR * FACTOR);
    });

    it('is grey where it shows when all that shows is grey', async () => {
      const picture = disc(SIDE, 4, beneath, [90, 90, 90]);

      const { channels } = await superResolved(await pngOf(picture), model);

      expect(channels).toBe(2);
    });
  });

  it('stays wholly opaque inside and wholly transparent outside', async () => {
    const file = await pngOf(disc(SIDE, 4, [0, 255, 0]));

    const alpha = channelOf(await superResolved(file, model), 3);

    const radius = SIDE * 0.38;
    for (let y = 0; y < alpha.height; y += 1) {
      for (let x = 0; x < alpha.width; x += 1) {
        const middle = SIDE / 2 - 0.5;
        const distance = Math.hypot((x + 0.5) / FACTOR - 0.5 - middle, (y + 0.5) / FACTOR - 0.5 - middle);
        if (distance < radius - 5) expect(alpha.pixels[y * alpha.width + x]).toBe(255);
        if (distance > radius + 5) expect(alpha.pixels[y * alpha.width + x]).toBe(0);
      }
    }
  });

  it('has an outline that is nearer to the truth than cubic interpolation makes it', async () => {
    const truth = channelOf(disc(SIDE * FACTOR, 1, [0, 0, 0]), 3);
    const small = await asSharp(truth)
      .resize(SIDE, SIDE, { kernel: 'cubic' })
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    const cubic = await asSharp({ width: SIDE, height: SIDE, channels: 1, pixels: small })
      .resize(SIDE * FACTOR, SIDE * FACTOR, { kernel: 'cubic' })
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    const file = await pngOf(withAlpha(flat({ width: SIDE, height: SIDE }, RED), small));

    const { pixels } = channelOf(await superResolved(file, model), 3);

    expect(meanDifference(pixels, truth.pixels)).toBeLessThan(0.6 * meanDifference(cubic, truth.pixels));
  });

  it.each([2, 4] as const)('of %i channels is the same in one tile and in many', async (channels) => {
    const colours = scene({ width: SIDE, height: SIDE });
    const alpha = channelOf(disc(SIDE, 6, [0, 0, 0]), 3).pixels;
    const picture = withAlpha(channels === 2 ? greyOf(colours) : colours, alpha);
    const file = await pngOf(picture);

    const whole = await superResolved(file, model);
    const tiled = await superResolved(file, model, { edge: 13 });

    expect([whole.channels, tiled.channels]).toEqual([channels, channels]);
    expect(maxDifference(tiled.pixels, whole.pixels)).toBeLessThanOrEqual(1);
  });

  it('that is evenly translucent has the colours of an opaque one, and its alpha costs no run', async () => {
    const picture = scene({ width: 30, height: 20 });
    const counted = countingRuns(model.network);

    const result = await superResolved(await pngOf(withAlpha(picture, new Uint8Array(600).fill(77))), model, {
      runs: counted.network,
    });

    expect(counted.runs()).toBe(1);
    expect(channelOf(result, 3).pixels.every((value) => value === 77)).toBe(true);
    const opaque = await superResolved(await pngOf(picture), model);
    expect(maxDifference(colourOf(result).pixels, opaque.pixels)).toBe(0);
  });

  it('of which nothing shows stays so', async () => {
    const { pixels, channels } = await superResolved(
      await pngOf(withAlpha(scene({ width: 9, height: 7 }), new Uint8Array(63))),
      model,
    );

    expect(pixels.every((value, at) => at % channels !== channels - 1 || value === 0)).toBe(true);
  });

  it.each([
    { width: 1, height: 1 },
    { width: 2, height: 3 },
  ])('of $width x $height pixels keeps the colour of the one that shows', async ({ width, height }) => {
    const alpha = new Uint8Array(width * height);
    alpha[0] = 200;
    const picture = withAlpha(flat({ width, height }, [0, 255, 0]), alpha);
    picture.pixels.set(RED, 0);

    const result = await superResolved(await pngOf(picture), model);

    expect(maxDifference(colourOf(result).pixels, flat(result, RED).pixels)).toBeLessThanOrEqual(2);
  });

  it('is flattened on white where its result has no alpha', async () => {
    const file = await pngOf(withAlpha(flat({ width: 8, height: 8 }, [0, 0, 0]), new Uint8Array(64)));

    const { channels, pixels } = await superResolved(file, model, { keepAlpha: false });

    expect(channels).toBe(1);
    expect(pixels.every((value) => value === 255)).toBe(true);
  });
});

/** A disc of one colour; its edge runs over so many quarters of a pixel, with another colour where nothing shows. */
function disc(side: number, softness: number, beneath: Colour, colour: Colour = RED): Picture {
  const middle = side / 2 - 0.5;
  const alpha = Uint8Array.from({ length: side * side }, (_, at) => {
    const distance = Math.hypot((at % side) - middle, Math.floor(at / side) - middle);
    const inside = (side * 0.38 - distance) / (softness / 4) + 0.5;
    return Math.round(255 * Math.min(1, Math.max(0, inside)));
  });
  const picture = withAlpha(flat({ width: side, height: side }, colour), alpha);
  alpha.forEach((value, at) => {
    if (value === 0) picture.pixels.set(beneath, at * 4);
  });
  return picture;
}

function countingRuns(network: Network): { network: Network; runs: () => number } {
  let runs = 0;
  return {
    network: {
      run: (feeds) => {
        runs += 1;
        return network.run(feeds);
      },
    },
    runs: () => runs,
  };
}
