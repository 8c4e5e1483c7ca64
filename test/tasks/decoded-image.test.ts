import { describe, expect, it } from 'vitest';
import { Stopwatch } from '../../src/tasks/stopwatch.js';
import { inputOf, openImage } from '../../src/tasks/decoded-image.js';
import { filesDecoded } from '../../src/imaging/codec/decode.js';
import { refusal } from '../imaging/codec/read.js';
import { jpegOf, maxDifference, noise, pixelAt, scene } from '../kit/pictures.js';
import { modelOf } from './colour-networks.js';
import { patches, RED, viewOf } from './pictures.js';

const SIZE = { width: 40, height: 20 };
const modelWith = (fit: 'stretch' | 'cover' | 'letterbox', pad = 0) => {
  const model = modelOf({ parser: 'softmax-top-k', logits: false }, SIZE, fit);
  return { ...model, input: { ...model.input, pad } };
};

describe("a network's input", () => {
  it('is the picture itself where it has the right size', async () => {
    const picture = noise(SIZE, 1);

    const { pixels } = await inputOf(viewOf(picture), modelWith('stretch'), new Stopwatch());

    expect(pixels).toMatchObject({ type: 'uint8', dims: [1, 20, 40, 3] });
    expect(Uint8Array.from(pixels.data, Number)).toEqual(picture.pixels);
  });

  it("is padded with the model's grey", async () => {
    const { pixels } = await inputOf(
      viewOf(patches({ width: 20, height: 20 }, RED)),
      modelWith('letterbox', 114),
      new Stopwatch(),
    );

    const picture = { ...SIZE, channels: 3 as const, pixels: pixels.data as Uint8Array };
    expect(pixelAt(picture, 19, 10)).toEqual([255, 0, 0]);
    expect(pixelAt(picture, 20, 10)).toEqual([114, 114, 114]);
  });

  it.each(['stretch', 'cover', 'letterbox'] as const)(
    'is the same for a region as for that region as a picture (%s)',
    async (fit) => {
      const picture = scene({ width: 90, height: 70 });
      const region = { left: 13, top: 7, width: 51, height: 44 };
      const part = noise(region, 0);
      for (let y = 0; y < 44; y += 1) {
        for (let x = 0; x < 51; x += 1) part.pixels.set(pixelAt(picture, x + 13, y + 7), (y * 51 + x) * 3);
      }

      const ofRegion = await inputOf(viewOf(picture), modelWith(fit), new Stopwatch(), region);
      const ofPart = await inputOf(viewOf(part), modelWith(fit), new Stopwatch());

      expect(ofRegion.placement).toEqual(ofPart.placement);
      expect(
        maxDifference(Array.from(ofRegion.pixels.data, Number), Array.from(ofPart.pixels.data, Number)),
      ).toBe(0);
    },
  );
});

describe('an opened image', () => {
  const picture = scene({ width: 90, height: 70 });
  const displayed = { width: 90, height: 70 };

  it('is decoded once for each size that is asked for, and not before', async () => {
    const bytes = await jpegOf(picture);
    const before = filesDecoded();

    const view = openImage(bytes, displayed);
    expect(filesDecoded()).toBe(before);

    const half = { width: 45, height: 35 };
    const [first, again] = await Promise.all([view.at(half), view.at({ ...half })]);
    expect(again).toBe(first);
    expect(filesDecoded()).toBe(before + 1);

    await view.at(displayed);
    await view.at(half);
    expect(filesDecoded()).toBe(before + 2);
  });

  it.each(['stretch', 'cover', 'letterbox'] as const)(
    'makes the same input whatever it was decoded to before (%s)',
    async (fit) => {
      const bytes = await jpegOf(picture);
      const alone = await inputOf(openImage(bytes, displayed), modelWith(fit), new Stopwatch());

      const view = openImage(bytes, displayed);
      await Promise.all([view.at(displayed), view.at({ width: 60, height: 30 })]);
      const besides = await inputOf(view, modelWith(fit), new Stopwatch());

      expect(besides).toEqual(alone);
    },
  );

  it('is refused at each size when its file is damaged', async () => {
    const bytes = await jpegOf(picture);
    const view = openImage(bytes.subarray(0, bytes.length - 200), displayed);

    for (const size of [displayed, { width: 8, height: 8 }, displayed]) {
      expect((await refusal(view.at(size))).code).toBe('BAD_IMAGE');
    }
  });
});
