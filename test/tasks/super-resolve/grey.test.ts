import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { colourOf, greyOf } from '../../../src/imaging/channels.js';
import { asSharp, maxDifference, meanDifference, pngOf, scene } from '../../kit/pictures.js';
import { prepareModel, type TestModel } from '../../kit/prepared.js';
import { superResolved, SUPER_RESOLVERS } from './models.js';

describe.each(SUPER_RESOLVERS)('a grey picture, enlarged by %s', (id) => {
  let model: TestModel;
  beforeAll(async () => {
    model = await prepareModel(id);
  });
  afterAll(() => model.release());

  it.each([
    { channels: 1, width: 60, height: 40 },
    { channels: 3, width: 33, height: 47 },
  ])('of $channels equal channels stays grey, in one tile or many: $width x $height', async (size) => {
    const grey = greyOf(scene(size));
    const file =
      size.channels === 1
        ? await asSharp(grey).toColourspace('b-w').png().toBuffer()
        : await pngOf(colourOf(grey));

    const whole = await superResolved(file, model);
    const tiled = await superResolved(file, model, { edge: 17 });

    expect([whole.channels, tiled.channels]).toEqual([1, 1]);
    expect(maxDifference(tiled.pixels, whole.pixels)).toBeLessThanOrEqual(1);
  });

  it('is closer to the original than cubic interpolation', async () => {
    const original = greyOf(scene({ width: 240, height: 160 }));
    const small = asSharp(original).resize(60, 40, { kernel: 'cubic' }).toColourspace('b-w');
    const file = await small.png().toBuffer();
    const decoded = await small.clone().raw().toBuffer();
    const cubic = await asSharp({ width: 60, height: 40, channels: 1, pixels: decoded })
      .resize(240, 160, { kernel: 'cubic', fit: 'fill' })
      .toColourspace('b-w')
      .raw()
      .toBuffer();

    const { pixels } = await superResolved(file, model);

    expect(meanDifference(pixels, original.pixels)).toBeLessThan(
      0.9 * meanDifference(cubic, original.pixels),
    );
  });
});
